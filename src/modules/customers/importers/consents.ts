import { readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { ImportJob } from '#platform/imports/importer.ts'
import { type ConsentChannel, isNewWord, latestConsent } from '../domain/consent.ts'
import { consentsImported } from '../facts.ts'
import { consentSetting } from '../settings.ts'
import { appendConsents, consentingOfRun, consentsOfRun, type LedgerEntry, readLedger } from '../store/consent.ts'

/** What a file says about one channel; for the company's first purpose where it names none. */
export interface Said {
  readonly purpose: string | null
  readonly channel: ConsentChannel
  readonly given: boolean
}
interface Saying {
  readonly id: string
  readonly consents: readonly Said[]
}

/**
 * Appends what a file says about being addressed, purpose by purpose and channel by channel, where that is news of this source (see `isNewWord`): the same file day by day says nothing new, and no file overrules
 * a withdrawal that came from elsewhere, whichever word of the archive is to win.
 */
export async function noteConsents({ db, now, newId, publish }: Context, job: ImportJob, rows: readonly Saying[]): Promise<void> {
  const saying = rows.filter(({ consents }) => consents.length > 0)
  if (saying.length === 0) return
  const { purposes } = await readSetting(db, consentSetting)
  // A purpose that the company has no more is nothing that anybody could agree to.
  const meant = (key: string | null) => (key === null ? purposes[0] : purposes.find((one) => one.key === key))
  const ledgers = await readLedger(
    db,
    saying.map(({ id }) => id),
  )
  const entries = saying.flatMap(({ id: customerId, consents }) =>
    // Of what a file says twice of one purpose and channel, the later counts.
    [
      ...new Map(
        consents.flatMap(({ purpose, channel, given }) => {
          const known = meant(purpose)
          return known ? [[`${known.key} ${channel}`, { purpose: known.key, channel, given, textVersion: known.version }] as const] : []
        }),
      ).values(),
    ]
      .filter((word) => isNewWord(ledgers.get(customerId) ?? [], word, isWordOf(job.source)))
      .map((word) => ({
        ...word,
        id: newId(),
        customerId,
        at: now,
        origin: 'import',
        note: job.source,
        by: job.requestedBy,
        runId: job.runId,
      })),
  )
  await appendConsents(db, entries, now)
  await announce(publish, job.runId, entries)
}

const isWordOf =
  (source: string | null) =>
  ({ origin, note }: LedgerEntry): boolean =>
    origin === 'import' && note === source

/** One fact for all of a batch. */
async function announce(publish: Context['publish'], runId: string, entries: readonly { readonly given: boolean }[]): Promise<void> {
  const given = entries.filter((entry) => entry.given).length
  if (entries.length > 0) await publish(consentsImported, { runId, given, withdrawn: entries.length - given })
}

/**
 * Takes back the consents that a run brought, some customers at a time; a ledger only grows, so each is followed by a withdrawal, unless the customer has
 * consented elsewhere as well. What the file withdrew stays withdrawn: a no that was heard is not unheard. Returns the last customer, null at the end.
 */
export async function takeBackConsents(
  context: Context,
  runId: string,
  by: string,
  after: string | null,
  limit: number,
): Promise<string | null> {
  const { db, now, newId, publish } = context
  const ids = await consentingOfRun(db, runId, after, limit)
  const brought = await consentsOfRun(db, runId, ids)
  const ledgers = await readLedger(db, ids)
  const entries = brought
    .filter(({ customerId, purpose, channel, entries: own }) => {
      const ledger = ledgers.get(customerId) ?? []
      const others = ledger.filter(({ id }) => !own.includes(id))
      return latestConsent(ledger, purpose, channel)?.given && !latestConsent(others, purpose, channel)?.given
    })
    // As a word of the same source, so that a better file of it may say yes again.
    .map(({ entries: _, ...one }) => ({ ...one, id: newId(), given: false, textVersion: null, at: now, origin: 'import', by, runId: null }))
  await appendConsents(db, entries, now)
  await announce(publish, runId, entries)
  return ids.length < limit ? null : ids.at(-1)!
}
