/**
 * What is new in an answer: without the mail that it answers, which mail programs put below or, line by line with '>', around the new words, and without the signature. Where nothing would be left, or
 * somebody wrote between the quoted lines, everything stays: better a line too many than one lost. Pure.
 */
export function newText(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  const own = withoutSignature(withoutAnswered(lines))
  const left = trimmed(own).join('\n')
  return left === '' ? text.trim() : left
}

function withoutAnswered(lines: readonly string[]): readonly string[] {
  const lastQuoted = lines.findLastIndex(isQuoted)
  for (let at = 0; at < lines.length; at++) {
    const head = headAt(lines, at)
    if (head === null) continue
    let below = at + head.lines
    if (head.is === 'end' || (head.is === 'dated' && lastQuoted < below)) return lines.slice(0, at)
    while (below < lines.length && lines[below]!.trim() === '') below++
    // "Ada wrote:" with nothing quoted below it is a sentence like any other.
    if (below === lines.length || !isQuoted(lines[below]!)) continue
    const rest = lines.slice(endOfQuote(lines, below))
    // New words below the quoted ones, or between them.
    return rest.some((line) => line.trim() !== '' && !isQuoted(line))
      ? [...lines.slice(0, at), ...withoutLastQuote(rest)]
      : lines.slice(0, at)
  }
  return withoutLastQuote(lines)
}

/** Quoted lines at the very end, with nothing of one's own behind them. */
function withoutLastQuote(lines: readonly string[]): readonly string[] {
  let end = lines.length
  while (end > 0 && (lines[end - 1]!.trim() === '' || isQuoted(lines[end - 1]!))) end--
  return lines.slice(0, end)
}

function endOfQuote(lines: readonly string[], from: number): number {
  let end = from
  while (end < lines.length && (isQuoted(lines[end]!) || lines[end]!.trim() === '')) end++
  return end
}

const isQuoted = (line: string): boolean => /^\s{0,2}[>＞]/.test(line)

/** Where a line begins what is answered: how many lines say so, and whether nothing new comes behind ('end'), or a sentence says when and who ('dated') or perhaps just that ('said'). */
function headAt(lines: readonly string[], at: number): { readonly lines: number; readonly is: 'end' | 'dated' | 'said' } | null {
  const line = lines[at]!.trim()
  if (line === '') return null
  if (separator.test(line)) return { lines: 1, is: 'end' }
  const block = headBlock(lines, at)
  if (block > 0) return { lines: block, is: 'end' }
  if (line.length <= longest && saidInOne.some((pattern) => pattern.test(line))) return { lines: 1, is: isDated(line) ? 'dated' : 'said' }
  // The sentence may be broken into up to three lines; then only its own beginning tells it from the line above.
  for (let length = 2; length <= 3; length++) {
    const sentence = lines
      .slice(at, at + length)
      .map((one) => one.trim())
      .join(' ')
    if (sentence.length <= longest && saidInSeveral.some((pattern) => pattern.test(sentence)))
      return { lines: length, is: isDated(sentence) ? 'dated' : 'said' }
  }
  return null
}
const longest = 400

/** A year with a time of day or an address stands in no sentence that somebody writes by hand before a colon. */
const isDated = (sentence: string) => /\d{4}/.test(sentence) && /\d{1,2}[:：]\d{2}|\S@\S/.test(sentence)

/** "On … wrote:", as mail programs say it in English and Chinese. */
const saidInSeveral = [
  /^On\b.{4,}\bwrote\s*[:：]$/i,
  /^At\s+\d.{6,}\bwrote\s*[:：]$/i,
  /^(?:在|於|于)\s*\d.{4,}(?:写道|寫道|写到|寫到|写|寫)\s*[:：]$/u,
]
const saidInOne = [...saidInSeveral, /^.{2,}<[^<>\s]+@[^<>\s]+>\s*wrote\s*[:：]$/i, /^.{4,}(?:写道|寫道|写到|寫到|写|寫)\s*[:：]$/u]

/** "-----Original Message-----" and its like. A forwarded mail is no answer: what it holds is new. */
const separator =
  /^[-_=—─]{2,}\s*(?:original message|original|reply message|replied message|原始邮件|原始郵件|原邮件|回复的原邮件|回覆的原郵件|邮件原件|原始信件|答复的邮件)\s*[-_=—─]{2,}$/iu

/** From, sent, to and subject, one below the other, as Outlook and its like put them above what is answered. Answers how many lines, or 0. */
function headBlock(lines: readonly string[], at: number): number {
  let start = at
  if (/^_{10,}$/.test(lines[at]!.trim())) start++
  if (!isFrom.test(plain(lines[start] ?? ''))) return 0
  let date = false
  let to = false
  let end = start + 1
  for (; end < Math.min(lines.length, start + 8); end++) {
    const line = plain(lines[end]!)
    if (line === '' && date && to) break
    if (isDate.test(line)) date = true
    if (isTo.test(line)) to = true
    if (isSubject.test(line) && date && to) {
      end++
      break
    }
  }
  return date && to ? end - at : 0
}

/** Some programs make the names bold, with asterisks. */
const plain = (line: string) => line.replaceAll('*', '').trim()
const isFrom = /^(?:from|发件人|寄件者|寄件人|發件人|发信人)\s*[:：]/iu
const isDate = /^(?:sent|date|发送时间|发送日期|日期|时间|寄件日期|傳送時間|发送時間|發送時間|寄送日期|已傳送)\s*[:：]/iu
const isTo = /^(?:to|收件人|收件者|收信人)\s*[:：]/iu
const isSubject = /^(?:subject|主题|主題|主旨|标题|標題)\s*[:：]/iu

/** A signature stands at the end, below a line of two dashes, or is one line of a telephone. */
function withoutSignature(lines: readonly string[]): readonly string[] {
  const from = lines.findLastIndex((line) => /^-- ?$/.test(line))
  const cut = from >= 0 && lines.length - from <= mostOfSignature ? lines.slice(0, from) : lines
  const last = cut.findLastIndex((line) => line.trim() !== '')
  return last >= 0 && ofTelephone.test(cut[last]!.trim()) ? cut.slice(0, last) : cut
}
const mostOfSignature = 15
const ofTelephone =
  /^(?:sent from my \S.{0,30}|get outlook for \S+(?:\s*<\S+>)?|(?:发自|發自|寄自)我的 ?.{1,20}|来自我的 ?.{1,20}|從我的 ?.{1,20}傳送|从我的 ?.{1,20}发送)$/iu

function trimmed(lines: readonly string[]): readonly string[] {
  const from = lines.findIndex((line) => line.trim() !== '')
  if (from < 0) return []
  const to = lines.findLastIndex((line) => line.trim() !== '')
  return lines.slice(from, to + 1).map((line) => line.trimEnd())
}
