import type { Context } from '#platform/context.ts'
import { auditItems, toldByLog } from '../domain/audit.ts'
import { fold } from '../domain/fold.ts'
import type { Audit, AuditCase } from '../store/audits.ts'
import { eventsOfMany } from '../store/events-of-many.ts'
import { casesByIds } from '../store/lists.ts'
import { processOf } from '../store/processes.ts'

/** The sample with what the logs of its cases answer; all logs are read at once. */
export async function casesView({ db }: Context, audit: Audit, cases: readonly AuditCase[]) {
  const rows = new Map(
    (
      await casesByIds(
        db,
        cases.map(({ customerId, caseId }) => ({ customerId, caseId })),
      )
    ).map((row) => [row.id, row]),
  )
  const logs = await eventsOfMany(db, [...rows.values()])
  const processes = new Map<string, Awaited<ReturnType<typeof processOf>>>()
  for (const { processKey, processVersion } of rows.values()) {
    const key = `${processKey} ${processVersion}`
    if (!processes.has(key)) processes.set(key, await processOf(db, processKey, processVersion))
  }
  return cases.map(({ caseId, stratum, answers, told, note, lookedAt, version }) => {
    const row = rows.get(caseId)
    const process = row && processes.get(`${row.processKey} ${row.processVersion}`)
    const events = logs.get(caseId) ?? []
    const read = process && events.length > 0 ? toldByLog(process, fold(process, events)) : null
    const at = new Map(events.map((event) => [event.seq, event]))
    return {
      ...{ caseId, number: row?.number ?? '', stratum, answers: { ...answers }, note, lookedAt, version },
      told: auditItems.map((item) => ({
        item,
        // What was answered stays beside what the log said then, also where the case goes on afterwards.
        answer: (lookedAt === null && audit.state !== 'closed' ? read?.[item].answer : told[item]) ?? null,
        evidence: (read?.[item].evidence ?? []).flatMap((seq) => {
          const event = at.get(seq)
          return event ? [{ seq, kind: event.kind as string, at: event.at, by: event.by }] : []
        }),
      })),
    }
  })
}
