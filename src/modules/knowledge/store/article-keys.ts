import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { fold } from '#platform/tabular/normalise-key.ts'
import type { Content } from '../domain/article.ts'
import { languages, type Texts } from '../domain/texts.ts'

/** However long an article is. */
const mostKeys = 5000
const longestKey = 40
/** Of a query more is not looked at. */
const mostParts = 12
const runs = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu
const han = /^\p{Script=Han}/u

/** Replaces what finds an article. */
export async function writeKeys(db: Db, articleId: string, { title, body, items }: Content, tags: readonly string[]): Promise<void> {
  const every = (texts: Texts) => languages.map((language) => texts[language])
  const head = new Set(keysOfText([...every(title), ...tags].join(' ')))
  const rest = keysOfText([...every(body), ...items.flatMap((item) => [...every(item.title), ...every(item.hint)])].join(' '))
  const keys = [...new Set([...head, ...rest])].slice(0, mostKeys)
  await sql`delete from knowledge.article_key where article_id = ${articleId}`.execute(db)
  await sql`
    insert into knowledge.article_key (key, article_id, in_title)
    select k.key, ${articleId}::uuid, k.in_title from unnest(${keys}::text[], ${keys.map((key) => head.has(key))}::boolean[]) k (key, in_title)`.execute(
    db,
  )
}

/** Every word, and every pair of Han characters with the last one of a run alone: whatever a query begins with is the beginning of one of them. */
export function keysOfText(text: string): string[] {
  const keys = (fold(text).match(runs) ?? []).flatMap((run) =>
    han.test(run) ? [...pairs(run), [...run].at(-1)!] : [run.slice(0, longestKey)],
  )
  return [...new Set(keys)]
}

/** The parts of a query, each of which begins one of the keys of an article that is found. */
export function partsOfQuery(query: string): string[] {
  const parts = (fold(query).match(runs) ?? []).flatMap((run) =>
    han.test(run) && [...run].length > 1 ? pairs(run) : [run.slice(0, longestKey)],
  )
  return [...new Set(parts)].slice(0, mostParts)
}

/** What a text is about, for the search of what is like it: words that are long enough to mean something, and pairs of Han characters. */
export function keysOfTopic(text: string): string[] {
  const keys = (fold(text).match(runs) ?? []).flatMap((run) =>
    han.test(run) ? pairs(run) : run.length < 4 ? [] : [run.slice(0, longestKey)],
  )
  return [...new Set(keys)].slice(0, 200)
}

function pairs(run: string): string[] {
  const characters = [...run]
  return characters.slice(1).map((character, i) => `${characters[i]}${character}`)
}
