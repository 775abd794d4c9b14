/** What answering and forwarding puts before a subject, in the languages and programs that our customers write with; a number in brackets counts answers. */
const before =
  /^(?:re|aw|antw|antwort|sv|vs|odp|ref|res|rif|fw|fwd|wg|tr|回复|回復|回覆|答复|答復|回信|返信|转发|轉發|轉寄|转寄|自动回复|自動回覆|自動回復|automatic reply|auto ?reply)\s*(?:[[(（【]\d{1,3}[\])）】])?\s*[:：]\s*/iu

/** A subject without what answering and forwarding put before it, in one line: two mails of one conversation have the same. Pure. */
export function plainSubject(subject: string): string {
  let left = subject.replace(/\s+/gu, ' ').trim()
  for (;;) {
    const next = left.replace(before, '')
    if (next === left) return left
    left = next
  }
}

/** The subject of an answer. */
export const answerSubject = (subject: string): string => `Re: ${plainSubject(subject)}`.trim()

/** Whether a mail hands on another one: what it holds below is then what it is about, and nothing that it answers. */
export const isForwarded = (subject: string): boolean => /^\s*(?:fw|fwd|wg|tr|转发|轉發|轉寄|转寄)\s*[:：]/iu.test(subject)

/** Whether a subject says that a mail answers another one. */
export const isAnswering = (subject: string): boolean =>
  plainSubject(subject) !== subject.replace(/\s+/gu, ' ').trim() && !isForwarded(subject)
