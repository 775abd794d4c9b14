/**
 * Mails that no person wrote to us: answers of machines, mails that came back, receipts, lists and bulk. None of them is ever answered by itself, or two machines would write to each other for ever
 * (RFC 3834). Pure.
 */
export type Automatic = 'auto-reply' | 'bounce' | 'receipt' | 'list' | 'bulk'

/** The headers that tell, in small letters; of a header that stands several times, the first. */
export interface TellingHeaders {
  get(name: string): string | undefined
}

export function automaticOf(headers: TellingHeaders, subject: string): Automatic | null {
  const of = (name: string) => (headers.get(name) ?? '').trim().toLowerCase()
  const type = of('content-type')
  const isReport = type.startsWith('multipart/report')
  const emptyPath = of('return-path') === '<>'
  if (isReport && type.includes('disposition-notification')) return 'receipt'
  if (isReport || of('x-failed-recipients') !== '') return 'bounce'
  if (emptyPath && /^\W*(?:mailer-daemon|postmaster)@|<(?:mailer-daemon|postmaster)@/.test(of('from'))) return 'bounce'
  const precedence = of('precedence')
  const submitted = of('auto-submitted').split(/[\s;]/, 1)[0]!
  if (submitted !== '' && submitted !== 'no') return 'auto-reply'
  if (of('x-autoreply') !== '' || of('x-autorespond') !== '' || /^auto.?reply$/.test(precedence)) return 'auto-reply'
  if (ofMachine.test(subject)) return 'auto-reply'
  if (of('list-id') !== '' || precedence === 'list') return 'list'
  if (of('list-unsubscribe') !== '' || precedence === 'bulk' || precedence === 'junk') return 'bulk'
  // Who says that nobody can be told when it does not arrive expects no answer.
  return emptyPath ? 'auto-reply' : null
}

const ofMachine = /^\s*(?:automatic reply|auto[- ]?reply|out of (?:the )?office|自动回复|自動回覆|自動回復)\s*[:：]/iu
