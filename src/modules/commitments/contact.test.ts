import { afterAll, beforeAll, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import type { Actor } from '#platform/context.ts'
import { type App, startApp } from '#test/app.ts'
import { colleague } from '#test/colleague.ts'
import { commitmentsApi } from './api.ts'

let app: App
let ada: Actor
beforeAll(async () => {
  app = await startApp({ now: new Date('2026-03-10T02:00:00Z') })
  ada = await colleague(app, 'Ada')
})
afterAll(() => app.close())

const adas = () => app.as(commitmentsApi, ada)
const at = (text: string) => new Date(`${text}:00+08:00`)

test('opened again and done again, a contact keeps what was found, what its author corrected by hand, and the needs that were entered', async () => {
  const archives = app.as(customersApi, ada)
  const { id } = await archives.create({ values: { name: 'Hill Tea' } })
  const call = await adas().create({ kind: 'task', title: 'Ask about tins', customerId: id, channel: 'call', dueDay: '2026-03-12' })
  const once = await adas().complete({ id: call.id, version: 1, outcome: 'Wants blue ones' })
  const interactionId = once.commitment.interactionId!
  const { channel, direction, stage } = (await archives.interaction({ id, interactionId })).interaction
  const byHand = {
    id,
    interactionId,
    channel,
    direction,
    stage,
    version: 1,
    summary: 'Wants light blue ones',
    needs: ['Light blue tins'],
  }
  await archives.changeInteraction(byHand)
  const said = async () => {
    const { summary, needs } = (await archives.interaction({ id, interactionId })).interaction
    return [summary, ...needs.map(({ text }) => text)]
  }

  const open = await adas().reopen({ id: call.id, version: 2 })
  expect(open).toMatchObject({ state: 'open', outcome: 'Wants blue ones' })
  const again = await adas().complete({ id: call.id, version: 3 })
  expect(again.commitment).toMatchObject({ outcome: 'Wants blue ones', interactionId })
  expect(await said()).toEqual(['Wants light blue ones', 'Light blue tins'])

  // What was found otherwise since is said; an outcome that was emptied is none.
  await adas().reopen({ id: call.id, version: 4 })
  await adas().complete({ id: call.id, version: 5, outcome: 'Wants green ones' })
  expect(await said()).toEqual(['Ask about tins\nWants green ones', 'Light blue tins'])
  await adas().reopen({ id: call.id, version: 6 })
  expect((await adas().complete({ id: call.id, version: 7, outcome: '' })).commitment.outcome).toBeNull()
  expect((await adas().one({ id: call.id })).events.map(({ what, note }) => [what, note])).toContainEqual(['reopened', null])

  // Why something was cancelled is not what was found.
  await adas().reopen({ id: call.id, version: 8 })
  await adas().cancel({ id: call.id, version: 9, reason: 'They are closed' })
  expect((await adas().reopen({ id: call.id, version: 10 })).outcome).toBeNull()
  await adas().cancel({ id: call.id, version: 11 })
})

test('what the checklist notes is heard where nothing else is said, and a second completion leaves needs as they were entered', async () => {
  const archives = app.as(customersApi, ada)
  const { id } = await archives.create({ values: { name: 'Lake Tea' } })
  const when = { startsAt: at('2026-03-11T09:00'), endsAt: at('2026-03-11T10:00') }
  const visit = await adas().create({ kind: 'visit', title: 'Visit', purpose: 'Look', customerId: id, evenSo: true, ...when })
  const notes: Record<string, string> = { needs: 'Tins', competitors: 'Leaf & Co, Root Ltd' }
  const noted = (more: string) => visit.steps.map((step) => (notes[step.key ?? ''] ? { ...step, note: notes[step.key!]! + more } : step))
  await adas().change({ id: visit.id, version: 1, steps: noted('') })
  const { commitment } = await adas().complete({ id: visit.id, version: 2, outcome: 'Fine' })
  const competitors = async () => (await archives.one({ id })).usedCompetitors.map(({ name }) => name).toSorted()
  expect(await competitors()).toEqual(['Leaf & Co', 'Root Ltd'])

  await adas().reopen({ id: visit.id, version: 3 })
  await adas().change({ id: visit.id, version: 4, steps: noted(' and more') })
  await adas().complete({ id: visit.id, version: 5, needs: ['Crates'] })
  await adas().reopen({ id: visit.id, version: 6 })
  await adas().complete({ id: visit.id, version: 7 })
  const { interaction } = await archives.interaction({ id, interactionId: commitment.interactionId! })
  expect(interaction.summary).toContain('Tins and more')
  expect(interaction.needs.map(({ text }) => text)).toEqual(['Crates'])
  expect(await competitors()).toEqual(['Leaf & Co', 'Root Ltd'])
})
