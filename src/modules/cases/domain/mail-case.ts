import type { Case } from './case.ts'
import { type AppealDays, appealableAt, openAppeal } from './contest.ts'

/** What is known of a mail that came in. */
export interface Mailed {
  readonly plainSubject: string
  readonly newText: string
  readonly automatic: string | null
  readonly verdicts: { readonly spf: string | null; readonly dkim: string | null; readonly dmarc: string | null } | null
}

/**
 * What becomes of a mail. `open`: a new case. `continue`: it stands with its case. `reopen`: so it does, and the case goes on again. `repeat`: a new case that says of which it is a repetition. `quiet`: it stands with
 * its case and nothing follows, since a machine wrote it. `leave`: nothing.
 */
export type Treatment = 'open' | 'continue' | 'reopen' | 'repeat' | 'quiet' | 'leave'

const day = 86_400_000

/** What becomes of a mail that is no bounce, with the case whose thread it continues, or null. Machines never open a case, nor open one again. Pure. */
export function treatmentOf(
  { automatic }: Pick<Mailed, 'automatic'>,
  of: Case | null,
  { reopenDays, appeals, now }: { readonly reopenDays: number; readonly appeals: AppealDays; readonly now: Date },
): Treatment {
  const isMachine = automatic === 'auto-reply' || automatic === 'receipt' || automatic === 'bounce'
  if (of === null) return automatic === null ? 'open' : 'leave'
  if (isMachine) return automatic === 'auto-reply' ? 'quiet' : 'leave'
  // While somebody judges whether the answer was right, or can still be asked to, what is written opens nothing: opened again the answer would be gone, and with it what an appeal is against.
  if (of.state === 'open' || of.state === 'resolved' || openAppeal(of) !== null || appealableAt(of, appeals, now) !== null)
    return 'continue'
  const closedAt = of.closedAt?.getTime() ?? 0
  const isRecent = now.getTime() - closedAt <= reopenDays * day
  return isRecent && of.state !== 'merged' && of.state !== 'converted' ? 'reopen' : 'repeat'
}

/** Whether a mail may be taken for one of the person whose address it bears, where only the address says so: the company's own server does not say otherwise. */
export const isBelievable = ({ verdicts }: Pick<Mailed, 'verdicts'>): boolean =>
  verdicts === null || (verdicts.dmarc !== 'fail' && !(verdicts.dmarc !== 'pass' && verdicts.spf === 'fail' && verdicts.dkim !== 'pass'))

const longestSubject = 120
const longestText = 20_000

/** The subject and the words of a case that a mail opens; `without`: what stands for a mail without words. */
export function wordsOfMail({ plainSubject, newText }: Pick<Mailed, 'plainSubject' | 'newText'>, without: string) {
  const text = clipped(newText.trim(), longestText)
  const firstLine = text.split('\n').find((line) => line.trim() !== '') ?? ''
  const subject = clipped((plainSubject || firstLine).trim(), longestSubject)
  return { subject: subject || without, description: text || subject || without }
}

/** Never half a sign. */
function clipped(text: string, most: number): string {
  const signs = [...text.slice(0, most * 2)]
  return signs.length <= most && text.length <= most * 2 ? text : `${signs.slice(0, most - 1).join('')}…`
}
