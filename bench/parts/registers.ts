import { sql } from 'kysely'
import type { Actor } from '#platform/context.ts'
import { everybody, type Group, openAsking } from '../asking.ts'
import type { Bench } from '../bench.ts'
import { timed } from '../bench.ts'
import { fillRegisters, perCustomer, userId } from '../fill-registers.ts'
import { handOut, membersOf, seeing } from '../teams.ts'

/** What lies beside the book after years of work: needs, changes, likely duplicates, commitments, news and trails, for administrators, for a team of fifty and for one of its people. */
export async function registersPart(bench: Bench): Promise<void> {
  const { database, customers, say } = bench
  await handOut(bench)
  const { seconds } = await timed(() => fillRegisters(database.db, customers, new Date()))
  const thousands = (share: number) => `${Math.round((customers * share) / 1000).toLocaleString('en')} thousand`
  say(
    `${thousands(perCustomer.interactions)} interactions, ${thousands(perCustomer.commitments)} commitments, ${thousands(perCustomer.changes)} changes and the rest made in ${seconds.toFixed(0)} s`,
  )
  const asking = openAsking(bench)
  try {
    for (const { actor, ...group } of await groupsOf(bench)) bench.add('registers', await asking.measure(group, actor))
  } finally {
    await asking.close()
  }
}

async function groupsOf({ database: { db } }: Bench): Promise<readonly (Group & { readonly actor: Actor })[]> {
  const need = async (order: ReturnType<typeof sql>) => {
    const { rows } = await sql<{
      id: string
    }>`select need_id as id from customers.need_note group by need_id order by count(*) ${order} limit 1`.execute(db)
    return rows[0]!.id
  }
  const [wanted, rare] = [await need(sql`desc`), await need(sql`asc`)]
  const paths = (...all: readonly string[]) => all.map((path) => ({ path, pages: path.includes('?') ? 2 : 1 }))
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  const month = day(-31).slice(0, 7)
  const team = membersOf('large')
  const people: readonly (readonly [string, Actor])[] = [
    ['all', everybody],
    ['team', seeing(team)],
    ['own', seeing(team.slice(7, 8))],
  ]
  const owner = team[7]!
  const byReach = people.flatMap(([name, actor]) => [
    {
      name: `needs and who has them (${name})`,
      actor,
      requests: paths(
        // The register counts everybody, so only those ask for it who see everybody.
        ...(actor === everybody ? ['/customer-needs?limit=50', '/customer-needs?q=900', '/customer-needs?state=planned'] : []),
        `/customer-needs/${wanted}/customers?limit=50`,
        `/customer-needs/${rare}/customers?limit=50`,
      ),
    },
    {
      name: `changes of a month (${name})`,
      actor,
      requests: paths(`/customer-changes?month=${month}`, `/customer-changes?month=${month}&field=name`),
    },
    // A report over a third of a million changes; the endpoint gives it two seconds.
    {
      name: `fields that changed in a month (${name})`,
      actor,
      goal: false as const,
      requests: paths(`/customer-changes/fields?month=${month}`),
    },
    {
      name: `pairs that may be one (${name})`,
      actor,
      requests: paths('/customer-duplicates?state=open', '/customer-duplicates?state=later'),
    },
    {
      name: `requests to be forgotten (${name})`,
      actor,
      requests: paths('/customer-erasures?limit=50', '/customer-erasures?state=requested'),
    },
    { name: `birthdays, words of filters (${name})`, actor, requests: paths('/customer-birthdays?days=30', '/customers/filter-words') },
  ])
  const mine = seeing(team, owner)
  return [
    ...byReach,
    { name: 'my day', actor: mine, requests: paths('/commitments/my-day') },
    { name: 'what somebody owes', actor: mine, requests: team.slice(0, 8).map((one) => ({ path: `/commitments?owner=${one}`, pages: 3 })) },
    {
      name: 'calendar of a week, of two months',
      actor: mine,
      requests: paths(`/commitments/calendar?from=${day(0)}&to=${day(6)}`, `/commitments/calendar?from=${day(-31)}&to=${day(30)}`),
    },
    {
      name: 'whom to contact next',
      actor: everybody,
      requests: paths(`/commitments/contact-next?owner=${owner}`, '/commitments/contact-next?owner=nobody'),
    },
    { name: 'archives to be reviewed', actor: mine, requests: paths(`/commitments/archive-reviews?owner=${owner}`) },
    {
      name: 'inbox',
      actor: seeing([userId(0)]),
      requests: paths(
        '/organization/notifications?limit=50',
        '/organization/notifications?unread=true',
        '/organization/notifications/unread-count',
      ),
    },
    {
      name: 'trail',
      actor: everybody,
      requests: paths(
        '/audit/entries?trail=fact',
        '/audit/entries?trail=fact&actor=rare',
        '/audit/entries?trail=fact&name=commitments.made',
        '/audit/entries?trail=fact&actor=rare&name=customers.touched',
        `/audit/entries?trail=read&to=${day(-100)}`,
        '/audit/names?trail=fact',
      ),
    },
  ]
}
