import { bracketed, textsOf } from './sql-text.ts'

/** What a distributed database cannot compute in the places below, because each machine would answer differently. */
const VOLATILE =
  /\b(?:now ?\( ?\)|current_timestamp|current_date|localtimestamp|clock_timestamp ?\(|statement_timestamp ?\(|transaction_timestamp ?\(|random ?\(|gen_random_uuid ?\(|uuidv[47] ?\(|nextval ?\()/i

/** Breaks of the rules for SQL in one TypeScript source: in its texts and in calls of the query builder. Only where the text can tell. */
export function storeProblems(path: string, source: string): readonly string[] {
  const problems = [...textsOf(source).flatMap(upsertProblems), ...builderProblems(source)]
  if (!path.endsWith('platform/database/connection.ts') && /\bpool\.connect\(/.test(source)) {
    problems.push('connections are borrowed by withTransaction and withConnection alone')
  }
  return problems.map((problem) => `${path}: ${problem}`)
}

/** Rules for one SQL text. */
export function upsertProblems(text: string): readonly string[] {
  const problems: string[] = []
  for (const [, set] of text.matchAll(/\bdo update set\b(.*?)(?=\breturning\b|;|$)/gis)) {
    if (VOLATILE.test(set!))
      problems.push(
        `DO UPDATE takes its values from "excluded", old columns and parameters, not from the clock or chance (${shortened(text)})`,
      )
    if (/\( ?select\b/i.test(set!)) problems.push(`no subquery in DO UPDATE (${shortened(text)})`)
  }
  for (const [, set] of text.matchAll(
    /\bupdate (?:only )?[\w."$]+(?: (?:as )?\w+)? set\b(.*?)(?=\bfrom\b|\bwhere\b|\breturning\b|;|$)/gis,
  )) {
    if (VOLATILE.test(set!)) problems.push(`UPDATE SET takes the clock and chance as parameters (${shortened(text)})`)
  }
  for (const found of text.matchAll(/\binsert into\b[^;]*?\bvalues\b(?= ?\()/gis)) {
    const rows = text.slice(found.index + found[0].length)
    for (let open = rows.indexOf('('); open >= 0; ) {
      const row = bracketed(rows, open)
      if (/\(? ?\bselect\b/i.test(row)) problems.push(`no subquery in INSERT … VALUES; write INSERT … SELECT (${shortened(text)})`)
      const next = /^ ?, ?\(/.exec(rows.slice(open + row.length + 2))
      open = next === null ? -1 : open + row.length + 2 + next[0].length - 1
    }
  }
  if (/\bmerge into\b/i.test(text)) problems.push(`INSERT … ON CONFLICT instead of MERGE (${shortened(text)})`)
  for (const found of text.matchAll(/\bdate_trunc ?\(/gi)) {
    const words = bracketed(text, found.index + found[0].length - 1)
    if (depthZeroCommas(words) < 2) problems.push(`date_trunc needs the time zone as its third argument (${shortened(text)})`)
  }
  if (/\bfor (?:no key )?update\b(?! skip locked)/i.test(text) && /\bcustomer_id(?: =)? ?(?:in|any) ?\(/i.test(text)) {
    problems.push(`lock one customer per statement, in ascending order (${shortened(text)})`)
  }
  return problems
}

/** The same rules where the statement is built by calls. */
function builderProblems(source: string): readonly string[] {
  const problems: string[] = []
  for (const found of source.matchAll(/\.(?:set|doUpdateSet)\(/g)) {
    const words = bracketed(source, found.index + found[0].length - 1)
    if (/\bsql(?:<[^`]*>)?`/.test(words) && VOLATILE.test(words))
      problems.push(`.set takes the clock and chance as parameters (${shortened(words)})`)
    if (/\bfn(?:<[^(]*>)?\(\s*['"](?:now|random|gen_random_uuid|clock_timestamp)['"]/.test(words))
      problems.push(`.set takes the clock and chance as parameters (${shortened(words)})`)
  }
  for (const found of source.matchAll(/\.insertInto\([^)]*\)\s*\.values\(/g)) {
    const words = bracketed(source, found.index + found[0].length - 1)
    if (/\.selectFrom\(|\(\s*select\b/i.test(words)) problems.push(`no subquery in INSERT … VALUES; use .expression (${shortened(words)})`)
  }
  if (/\.mergeInto\(/.test(source)) problems.push('INSERT … ON CONFLICT instead of MERGE')
  for (const found of source.matchAll(/\.for(?:NoKey)?Update\(\)(?!\s*\.skipLocked)/g)) {
    const statement = source.slice(Math.max(0, source.lastIndexOf('.selectFrom(', found.index)), found.index)
    if (/['"][\w.]*customer_id['"],\s*['"]in['"]/.test(statement))
      problems.push(`lock one customer per statement, in ascending order (${shortened(statement)})`)
  }
  return problems
}

function depthZeroCommas(text: string): number {
  let depth = 0
  let commas = 0
  for (const letter of text) {
    if (letter === '(') depth++
    else if (letter === ')') depth--
    else if (letter === ',' && depth === 0) commas++
  }
  return commas
}

const shortened = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 90 ? `${line.slice(0, 90)}…` : line
}
