import { readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import type { Actions } from '#platform/module.ts'
import { refuse } from '#platform/refusal.ts'
import type { consentEndpoints } from '../api/consent.ts'
import { type ConsentChannel, consentChannels, everything, isAllowed, latestConsent } from '../domain/consent.ts'
import { consentChanged } from '../facts.ts'
import { consentSetting, type PurposeSetting } from '../settings.ts'
import { appendConsents, type LedgerEntry, readLedger } from '../store/consent.ts'
import { touchArchives } from '../store/lookups.ts'
import { approachesTo, purposesWithService } from './approaches.ts'
import { archiveOf } from './archive.ts'
import { textsAgreedTo } from './consent-texts.ts'

/**
 * The one gate before anybody writes to or calls a customer: whether they may be addressed for a purpose by a channel, as of this transaction. A withdrawal holds from the moment it is noted.
 */
export async function mayContact(db: Db, customerId: string, purpose: string, channel: ConsentChannel): Promise<boolean> {
  return (await thoseWhoMayBeContacted(db, [customerId], purpose, channel)).has(customerId)
}

/** The same of many, in one look. */
export async function thoseWhoMayBeContacted(
  db: Db,
  customerIds: readonly string[],
  purpose: string,
  channel: ConsentChannel,
): Promise<ReadonlySet<string>> {
  const purposes = await purposesWithService(db)
  const ledgers = await readLedger(db, customerIds)
  return new Set(customerIds.filter((id) => isAllowed(ledgers.get(id) ?? [], purposes, purpose, channel)))
}

export const consentActions: Actions<typeof consentEndpoints> = {
  async consents(context, { id }) {
    await archiveOf(context, id)
    const { purposes } = await readSetting(context.db, consentSetting)
    const ledger = (await readLedger(context.db, [id])).get(id) ?? []
    const texts = await textsAgreedTo(context.db, ledger)
    return {
      purposes: states(purposes, ledger),
      ledger: [...ledger],
      texts: texts.map(({ key, ...text }) => ({ purpose: key, ...text })),
    }
  },

  async noteConsent(context, { id, purpose, channel, given, origin, at, note }) {
    const { db, now, newId, actor, publish } = context
    await archiveOf(context, id, { lock: true })
    const { purposes } = await readSetting(db, consentSetting)
    const known = purposes.find(({ key }) => key === purpose)
    if (!known && purpose !== everything) throw wrong('purpose', 'no-such-purpose', 'There is no such purpose')
    if (given && !known) throw wrong('purpose', 'purpose-needed', 'A consent is always to one purpose')
    if (given && channel === everything) throw wrong('channel', 'channel-needed', 'A consent is always to one channel')
    if (at && at > now) throw wrong('at', 'in-the-future', 'Nobody has said it yet')
    const entry = {
      id: newId(),
      customerId: id,
      purpose,
      channel,
      given,
      textVersion: known?.version ?? null,
      at: at ?? now,
      origin,
      note: note || null,
      by: actor.id,
      runId: null,
    }
    await appendConsents(db, [entry], now)
    await touchArchives(db, [id], now)
    await publish(consentChanged, { customerId: id, purpose, channel, given })
    return { purposes: states(purposes, (await readLedger(db, [id])).get(id) ?? []) }
  },

  async contactChannels(context, { id, purpose }) {
    const archive = await archiveOf(context, id)
    const approach = (await approachesTo(context.db, [archive.id], purpose)).get(archive.id)
    const { offered = [], refused = [], liked = null } = approach ?? {}
    return {
      channels: offered.map(({ channel, preferred: isPreferred, ways }) => ({
        channel,
        preferred: isPreferred,
        ways: ways.map(({ kind, value, label, hours, preferred }) => ({ kind, value, label, hours, preferred })),
      })),
      refused: [...refused],
      liked,
    }
  },

  contactPurposes: async ({ db }: Context) => ({
    purposes: (await readSetting(db, consentSetting)).purposes.map(({ key, names, needs }) => ({ key, names, needs })),
  }),
}

const states = (purposes: readonly PurposeSetting[], ledger: readonly LedgerEntry[]) =>
  purposes.map(({ key, names, texts, version, needs }) => ({
    key,
    names,
    texts,
    version,
    needs,
    channels: consentChannels.map((channel) => ({
      channel,
      allowed: isAllowed(ledger, purposes, key, channel),
      since: latestConsent(ledger, key, channel)?.at ?? null,
    })),
  }))

const wrong = (field: string, reason: string, detail: string) => refuse('invalid', reason, detail, { fields: [{ field, reason, detail }] })
