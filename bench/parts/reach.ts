import { sql } from 'kysely'
import { type Group, openAsking } from '../asking.ts'
import type { Bench } from '../bench.ts'
import { handOut, membersOf, seeing, type TeamName, teams } from '../teams.ts'
import { filters, list, search, sorted, words } from './list-requests.ts'
import { highValue } from './lists.ts'

/** Everything that the lists are asked, for people who see the customers of their team or their own and nobody else. */
export async function reachPart(bench: Bench): Promise<void> {
  await handOut(bench)
  const groups = groupsOf(await highValue(bench))
  const asking = openAsking(bench)
  try {
    for (const [name, owners] of await reaches(bench))
      for (const group of groups) bench.add('reach', await asking.measure({ ...group, name: `${name}: ${group.name}` }, seeing(owners)))
  } finally {
    await asking.close()
  }
}

const groupsOf = (high: number): readonly Group[] => [
  { name: 'named sorts', requests: sorted(3) },
  { name: 'one Chinese character', requests: search(words.oneCharacter) },
  { name: 'two Chinese characters', requests: search(words.twoCharacters) },
  { name: 'pinyin', requests: search(words.pinyin) },
  { name: 'beginnings of Latin words', requests: search(words.beginnings) },
  { name: 'filters', requests: filters(high).map((query) => list(query, 2)) },
  { name: 'filters with their count', requests: filters(high).map((query) => list({ ...query, count: true })) },
  { name: 'words of filters', requests: [{ path: '/customers/filter-words' }] },
]

async function reaches({ database }: Bench): Promise<readonly (readonly [string, readonly string[]])[]> {
  const asked: [string, readonly string[]][] = [
    ...(Object.keys(teams) as TeamName[]).map((team): [string, readonly string[]] => [teams[team].name, membersOf(team)]),
    ['own', membersOf('large').slice(7, 8)],
  ]
  const named: [string, readonly string[]][] = []
  for (const [name, owners] of asked) {
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from customers.customer where owner_id = any(${owners}::text[])`.execute(database.db)
    named.push([`${name} (${rows[0]!.n.toLocaleString('en')} customers)`, owners])
  }
  return named
}
