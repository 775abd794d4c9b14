/** Ways of addressing somebody that a consent is about. */
export const consentChannels = ['email', 'phone', 'message', 'letter', 'chat'] as const
export type ConsentChannel = (typeof consentChannels)[number]
/** Covers every purpose or every channel; only a withdrawal may say so: a consent is always to something. */
export const everything = 'all'

/** What customers are addressed for by whoever looks after them: calls, visits and answers. */
export const servicePurpose = 'service'

export const consentOrigins = ['form', 'phone', 'paper', 'talk', 'portal', 'import', 'other'] as const

/** One entry of the ledger: what somebody said, and when they said it. */
export interface ConsentEntry {
  readonly purpose: string
  readonly channel: string
  readonly given: boolean
  readonly at: Date
  /** Ascending in the order of recording. */
  readonly id: string
}

/** What a company writes to its customers for. With `needs` 'consent' it takes a yes, with 'nothing' it is allowed until somebody says no. */
export interface Purpose {
  readonly key: string
  readonly needs: 'consent' | 'nothing'
}

/** The latest entry that covers a purpose and a channel; of one moment a withdrawal comes after a consent. Undefined where nobody said anything. */
export function latestConsent<E extends ConsentEntry>(ledger: readonly E[], purpose: string, channel: string): E | undefined {
  let latest: E | undefined
  for (const entry of ledger) if (covers(entry, purpose, channel) && (latest === undefined || isLater(entry, latest))) latest = entry
  return latest
}

/**
 * Whether a word of a source (a file, again and again) is to be appended: where the source's own last word was another, and the ledger does not say so already. A yes of a source is no answer to a no that
 * came from elsewhere: a withdrawal stands until somebody consents where it was noted, or until the source that brought it says otherwise. A new no always counts.
 */
export function isNewWord<E extends ConsentEntry>(
  ledger: readonly E[],
  { purpose, channel, given }: { readonly purpose: string; readonly channel: string; readonly given: boolean },
  isOwn: (entry: E) => boolean,
): boolean {
  if (latestConsent(ledger, purpose, channel)?.given === given) return false
  if (latestConsent(ledger.filter(isOwn), purpose, channel)?.given === given) return false
  return !given || withdrawalsSince(ledger, purpose, channel).every(isOwn)
}

/** The withdrawals that cover a purpose and a channel and that no later consent has answered. */
function withdrawalsSince<E extends ConsentEntry>(ledger: readonly E[], purpose: string, channel: string): readonly E[] {
  const covering = ledger.filter((entry) => covers(entry, purpose, channel))
  const consent = latestConsent(
    covering.filter(({ given }) => given),
    purpose,
    channel,
  )
  return covering.filter((entry) => !entry.given && (consent === undefined || isLater(entry, consent)))
}

/** Whether somebody may be addressed: the fold of the ledger. A purpose that the company does not have is never allowed. */
export function isAllowed(ledger: readonly ConsentEntry[], purposes: readonly Purpose[], purpose: string, channel: string): boolean {
  const known = purposes.find(({ key }) => key === purpose)
  if (known === undefined) return false
  return latestConsent(ledger, purpose, channel)?.given ?? known.needs === 'nothing'
}

const covers = (entry: ConsentEntry, purpose: string, channel: string) =>
  (entry.purpose === purpose || entry.purpose === everything) && (entry.channel === channel || entry.channel === everything)

function isLater(a: ConsentEntry, b: ConsentEntry): boolean {
  const difference = a.at.getTime() - b.at.getTime()
  if (difference !== 0) return difference > 0
  return a.given === b.given ? a.id > b.id : !a.given
}
