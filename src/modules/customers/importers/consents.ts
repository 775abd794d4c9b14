import { readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { ImportJob } from '#platform/imports/importer.ts'
import { type ConsentChannel, latestConsent } from '../domain/consent.ts'
import { consentChanged } from '../facts.ts'
import { consentSetting } from '../settings.ts'
import { appendConsents, consentingOfRun, consentsOfRun, readLedger } from '../store/consent.ts'

/** What a file says about one channel. */
export interface Said {
  readonly channel: ConsentChannel
  readonly given: boolean
}
interface Saying {
  readonly id: string
  readonly consents: readonly Said[]
}

/** Appends what a file says about being addressed, for the company's first purpose, where the ledger does not say so already. */
export async function noteConsents({ db, now, newId }: Context, job: ImportJob, rows: readonly Saying[]): Promise<void> {
  const saying = rows.filter(({ consents }) => consents.length > 0)
  if (saying.length === 0) return
  const purpose = (await readSetting(db, consentSetting)).purposes[0]!
  const ledgers = await readLedger(
    db,
    saying.map(({ id }) => id),
  )
  const entries = saying.flatMap(({ id: customerId, consents }) =>
    consents
      .filter(({ channel, given }) => latestConsent(ledgers.get(customerId) ?? [], purpose.key, channel)?.given !== given)
      .map(({ channel, given }) => ({
        id: newId(),
        customerId,
        purpose: purpose.key,
        channel,
        given,
        textVersion: purpose.version,
        at: now,
        origin: 'import',
        note: job.source,
        by: job.requestedBy,
        runId: job.runId,
      })),
  )
  await appendConsents(db, entries, now)
}

/**
 * Takes back the consents that a run brought, some customers at a time; a ledger only grows, so each is followed by a withdrawal. What the file withdrew stays withdrawn: a no that was heard is not
 * unheard. Returns the last customer, null at the end.
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
    .filter(({ customerId, purpose, channel }) => latestConsent(ledgers.get(customerId) ?? [], purpose, channel)?.given)
    .map((one) => ({ ...one, id: newId(), given: false, textVersion: null, at: now, origin: 'import', note: null, by, runId: null }))
  await appendConsents(db, entries, now)
  for (const { customerId, purpose, channel } of entries) await publish(consentChanged, { customerId, purpose, channel, given: false })
  return ids.length < limit ? null : ids.at(-1)!
}
