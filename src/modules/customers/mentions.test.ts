import { expect, test } from 'vitest'
import { api as organizationApi } from '#modules/organization/api.ts'
import { createUser } from '#modules/organization/public.ts'
import type { Actor } from '#platform/context.ts'
import { everybody } from '#test/app.ts'
import { archive } from '#test/archive.ts'
import { api } from './api.ts'
import { colleaguesMentioned } from './facts.ts'
import { tellMentioned } from './jobs.ts'

const { app, create } = archive()

const person = async (name: string, roles: readonly string[]): Promise<Actor> => {
  const { user } = await app().transaction((context) =>
    createUser(context, { name, email: `${name}@example.com`.toLowerCase(), roles: [...roles] }),
  )
  return { ...everybody, id: user.id, name }
}
/** What the mentions since the last call wake. */
let seen = 0
async function work(): Promise<void> {
  const facts = await app()
    .db.selectFrom('platform.fact')
    .selectAll()
    .where('id', '>', seen)
    .where('name', '=', colleaguesMentioned.name)
    .orderBy('id')
    .execute()
  seen = facts.at(-1)?.id ?? seen
  for (const fact of facts) await app().transaction((context) => tellMentioned.run(context, fact.payload as never))
}
const inbox = async (actor: Actor) =>
  (await app().as(organizationApi, actor).notifications({})).items.map(({ kind, values, link }) => [kind, values.name, link])

test('a colleague whom a touch names hears of it once, unless the customer is beyond their reach or the touch was withdrawn', async () => {
  const [ann, bob, cleo] = [await person('Ann', ['agent']), await person('Bob', ['agent']), await person('Cleo', [])]
  const { id } = await create({ name: 'Harbour Tea' })
  const touch = { id, channel: 'call', direction: 'in', stage: 'after', summary: 'Asked for samples' } as const
  const byAnn = app().as(api, ann)
  const mentions = [ann.id, bob.id, cleo.id]
  const logged = await byAnn.logInteraction({ ...touch, mentions })
  await work()
  expect(await inbox(bob)).toEqual([['customers.mentioned', 'Ann', `/customers/${id}`]])
  expect([await inbox(ann), await inbox(cleo)]).toEqual([[], []])
  await byAnn.changeInteraction({ ...touch, interactionId: logged.id, version: 1, summary: 'Asked for two samples', mentions })
  await work()
  expect(await inbox(bob)).toHaveLength(1)

  const mistaken = await byAnn.logInteraction({ ...touch, mentions })
  await byAnn.withdrawInteraction({ id, interactionId: mistaken.id, version: 1 })
  await work()
  expect(await inbox(bob)).toHaveLength(1)
})
