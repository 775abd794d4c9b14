// A spreadsheet takes a text for a formula when it begins with one of these signs, also full-width ones in East Asian editions, also after blanks and
// characters that are not seen; tab and line ends in front shift the cell. Leading apostrophes are looked through, which makes the guard reversible.
const dangerous = /^'*(?:[\t\r\n]|[\s\p{C}]*[=+\-@＝＋－＠])/u

/**
 * A text that no spreadsheet runs as a formula: an apostrophe is put before texts that would be one, and before such texts that already have apostrophes.
 * `unguardText` undoes exactly this. Numbers are not texts and are never guarded.
 */
export function guardText(text: string): string {
  return dangerous.test(text) ? `'${text}` : text
}

/** Takes off the apostrophe that `guardText` (or a careful person) put before a text that would be a formula; every other text stays as it is. */
export function unguardText(text: string): string {
  return text.startsWith("'") && dangerous.test(text) ? text.slice(1) : text
}

export function needsGuard(text: string): boolean {
  return dangerous.test(text)
}
