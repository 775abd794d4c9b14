import { sql } from 'kysely'
import { openAsking } from '../asking.ts'
import type { Bench } from '../bench.ts'
import { timed } from '../bench.ts'
import { complaints, fillCases } from '../fill-cases.ts'
import { compareWithBare, signIn } from '../requests.ts'
import { queueGroups } from './queue-requests.ts'

/** A million cases: queues and the desk, reports over the half of them that are complaints, the cases behind figures, the archive, and how fast cases are opened. */
export async function casesPart(bench: Bench): Promise<void> {
  const { database, say } = bench
  const { db } = database
  // Before there are handlers.
  await signIn(bench)
  const { seconds, value } = await timed(() => fillCases(db, new Date()))
  say(`${value.toLocaleString('en')} cases made in ${seconds.toFixed(0)} s`)
  const day = (years: number) => new Date(Date.now() - years * 365 * 86_400_000).toISOString().slice(0, 10)
  const whole = `from=${day(4)}`
  const year = `from=${day(1)}`
  const asking = openAsking(bench)
  const paths = (...all: readonly string[]) => all.map((path) => ({ path, pages: 1 }))
  try {
    const reports = [
      ['report over all complaints', paths(`/case-report?${whole}`)],
      ['trends over all complaints', paths(`/case-report/trends?${whole}&by=product`, `/case-report/trends?${whole}&by=category`)],
      ['counts for supervisors', paths(`/case-report/regulator?${whole}`)],
      ['repurchase after a complaint', paths(`/case-report/repurchase?${year}`)],
    ] as const
    for (const [name, requests] of reports) {
      const figure = await asking.measure({ name, requests, goal: false })
      bench.add('cases', { ...figure, goal: { atMost: 2000 }, note: `${complaints.toLocaleString('en')} complaints; ${figure.note}` })
    }
    const groups = [
      { name: 'report of a month', requests: paths(`/case-report?from=${day(1 / 12)}`), goal: false as const },
      { name: 'scorecard', requests: paths('/case-scorecard'), goal: false as const },
      {
        name: 'cases behind a figure',
        requests: [
          { path: `/case-report/cases?${whole}&limit=50`, pages: 3 },
          { path: `/case-report/cases?${whole}&measure=late&limit=50`, pages: 3 },
          { path: `/case-report/cases?${whole}&measure=reopened&by=reason&key=freight/loss&limit=50`, pages: 3 },
        ],
      },
      {
        name: 'archive by words',
        requests: (await searches(bench)).map((q) => ({ path: `/case-archive?q=${encodeURIComponent(q)}&limit=50`, pages: 2 })),
      },
      { name: 'archive, the latest', requests: [{ path: '/case-archive?limit=50', pages: 3 }] },
    ]
    for (const group of groups) bench.add('cases', await asking.measure(group))
    for (const { actor, ...group } of await queueGroups(bench)) bench.add('cases', await asking.measure(group, actor))
  } finally {
    await asking.close()
  }
  await opening(bench)
}

const connections = 8

/** Complaints opened through the whole stack, against a bare server that puts the same row into a table without indexes. */
async function opening(bench: Bench): Promise<void> {
  const { db } = bench.database
  await sql`create schema bare`.execute(db)
  await sql`create table bare.case (like cases.case)`.execute(db)
  const { rows } = await sql<{ row: { customer_id: string } }>`
    select to_jsonb(c) as row from cases.case c where kind = 'complaint' and customer_id > gen_random_uuid() order by customer_id limit 2000`.execute(
    db,
  )
  const said = {
    kind: 'complaint',
    subject: 'Jars broken',
    description: 'Two of ten jars arrived broken',
    channel: 'phone',
    category: 'freight',
    reason: 'damage',
    target: { kind: 'company', name: null, userId: null, departmentId: null },
    demand: { kind: 'exchange', text: null, amountMinor: null },
  }
  const { perSecond, p99, processor } = await compareWithBare(
    bench,
    {
      product: rows.map(({ row }) => ({ path: '/api/v1/cases', body: { ...said, customerId: row.customer_id } })),
      bare: rows.map(({ row }) => ({ path: '/', body: row })),
    },
    connections,
  )
  bench.add('cases', {
    what: `complaints opened through the API, ${connections} connections`,
    value: perSecond.product / perSecond.bare,
    unit: '×',
    goal: null,
    note: `node:http with pg and one bare insert: ${Math.round(perSecond.product)} /s : ${Math.round(perSecond.bare)} /s; p99 ${p99.product.toFixed(0)} ms : ${p99.bare.toFixed(0)} ms; processor time ${(processor.product * 1000).toFixed(1)} : ${(processor.bare * 1000).toFixed(1)} ms`,
  })
}

/** Words that are common, rare and in between, two Chinese characters, and a phrase of several. */
async function searches({ database: { db } }: Bench): Promise<readonly string[]> {
  const { rows } = await sql<{ word: string; ndoc: number }>`
    select word, ndoc from ts_stat('select words from cases.archive order by ended_at desc limit 20000') order by ndoc desc`.execute(db)
  const han = rows.filter(({ word }) => word >= '\u4e00')
  const latin = rows.filter(({ word }) => word < '\u4e00')
  const at = (list: typeof rows, share: number) => list[Math.floor((list.length - 1) * share)]!.word
  return [
    at(han, 0),
    at(han, 0.5),
    at(han, 1),
    at(latin, 0),
    at(latin, 0.5),
    at(latin, 1),
    `${at(latin, 0)} ${at(latin, 0.001)}`,
    at(han, 0).slice(0, 1),
  ]
}
