import { sql } from 'kysely'
import type { Actor } from '#platform/context.ts'
import { everybody, type Group } from '../asking.ts'
import type { Bench } from '../bench.ts'
import { userId } from '../fill-registers.ts'

/** Somebody who handles cases and sees every customer. */
const handler = (n: number): Actor => ({ ...everybody, id: userId(n), roles: ['agent'] })

interface Asked extends Group {
  readonly actor: Actor
}

/** What a queue, a case and a desk read, as their screens ask for it. */
export async function queueGroups({ database: { db } }: Bench): Promise<readonly Asked[]> {
  const { rows: open } = await sql<{ id: string }>`
    select id from cases.case where state = 'open' and owner_id is null order by rank_at, id limit 5000`.execute(db)
  const { rows: customers } = await sql<{ id: string }>`
    select customer_id as id from cases.case where customer_id > gen_random_uuid() order by customer_id limit 20`.execute(db)
  const spread = [0, 0.01, 0.1, 0.5, 0.99].map((share) => open[Math.floor((open.length - 1) * share)]!.id)
  const { rows: numbers } = await sql<{ number: string }>`
    select number from cases.case where id = any(${spread}::uuid[])`.execute(db)
  const paths = (...all: readonly string[]) => all.map((path) => ({ path, pages: path.includes('limit') ? 3 : 1 }))
  const queues = (...names: readonly string[]) =>
    names.flatMap((queue) =>
      paths(`/cases?queue=${queue}&limit=50`, `/cases?queue=${queue}&kind=complaint&limit=50`, `/cases?queue=${queue}&late=true&limit=50`),
    )
  return [
    { name: 'queue of oneself', actor: handler(7), requests: queues('mine') },
    { name: 'queue of one’s department', actor: handler(7), requests: queues('department') },
    { name: 'queue of nobody, of all', actor: everybody, requests: queues('nobody', 'open') },
    {
      name: 'all cases, the newest first',
      actor: everybody,
      requests: paths(
        '/cases?queue=all&limit=50',
        '/cases?queue=all&kind=complaint&state=closed&limit=50',
        '/cases?queue=all&late=true&limit=50',
        '/cases?queue=all&kind=repair&limit=50',
        '/cases?queue=all&state=withdrawn&limit=50',
        '/cases?queue=all&kind=complaint&state=resolved&late=true&limit=50',
      ),
    },
    {
      name: 'a case, by id and number',
      actor: handler(7),
      requests: [
        ...spread.flatMap((id) => paths(`/cases/${id}`, `/cases/${id}/log`, `/cases/${id}/place`, `/cases/${id}/clocks`)),
        ...numbers.map(({ number }) => ({ path: `/cases?number=${number}` })),
      ],
    },
    {
      name: 'desk: whom one helps',
      actor: handler(7),
      requests: customers.flatMap(({ id }) =>
        paths(`/customers/${id}`, `/customers/${id}/cases?limit=20`, `/customers/${id}/orders?limit=20`),
      ),
    },
    {
      name: 'desk: what helps',
      actor: handler(7),
      requests: paths('/case-remedies', '/case-causes', '/case-routes', '/knowledge/desk?language=en'),
    },
  ]
}
