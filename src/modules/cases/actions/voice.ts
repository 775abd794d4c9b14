import { organizationProfile, readSetting } from '#modules/organization/public.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf, timePlace } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import { visitOf } from '#platform/pages/visit.ts'
import { fold } from '#platform/tabular/normalise-key.ts'
import type { voiceEndpoints } from '../api/voice.ts'
import { withoutContactData } from '../domain/anonymity.ts'
import { saidPage } from '../pages/said.ts'
import type { CaseRow } from '../store/cases.ts'
import { casesByIds } from '../store/lists.ts'
import { publicationsOfCases } from '../store/publication-cases.ts'
import { publishedOnes } from '../store/publications.ts'
import { type Heard, heard } from '../store/voice.ts'
import { casesWithin, shownCustomers } from './reach.ts'

/** So many are looked at for one page by whoever looks for words or sees only some; then the page ends, and the next goes on from there. */
const lookedAt = 5_000
const stretch = 500
/** So much of what was said a list shows. */
const shownCharacters = 2_000
const publishedOnPage = 20

export const voiceActions: Pick<Actions<typeof voiceEndpoints>, 'voice' | 'saidAndDone'> = {
  async voice(context, { kind, category, state, q, unanswered = false, cursor, limit = defaultPageSize }) {
    const { db, reach, actor } = context
    const wish = { kinds: kind ?? null, categories: category ?? null, states: state ?? null, unanswered }
    const wanted = q === undefined ? [] : fold(q).split(' ')
    const size = q === undefined && reach === 'all' ? limit + 1 : Math.max(stretch, limit + 1)
    const found: { one: Heard; row: CaseRow }[] = []
    let place = timePlace(cursor)
    let looked = 0
    let isEnd = false
    while (found.length <= limit && looked < lookedAt && !isEnd) {
      const stretchRows = await heard(db, wish, place, size)
      isEnd = stretchRows.length < size
      looked += stretchRows.length
      const last = stretchRows.at(-1)
      if (last) place = { at: last.at, id: last.id }
      const hits = stretchRows.filter(({ text }) => holds(text, wanted))
      const rows = new Map((await casesWithin(context, await casesByIds(db, hits))).map((row) => [row.id, row]))
      for (const one of hits) {
        const row = rows.get(one.caseId)
        if (row) found.push({ one, row })
      }
    }
    const shown = found.slice(0, limit)
    const more = found.length > limit ? shown.at(-1)!.one : null
    const next = more ?? (isEnd ? null : place)
    const customers = await shownCustomers(
      context,
      shown.map(({ row }) => row),
    )
    const published = await publicationsOfCases(
      db,
      shown.map(({ row }) => row),
    )
    const mayRead = actor.can('customers.read-personal')
    return {
      items: shown.map(({ one, row }) => ({
        key: `${one.source} ${one.id} ${one.at.toISOString()}`,
        source: one.source,
        at: one.at,
        text: cut(mayRead ? one.text : withoutContactData(one.text)),
        satisfied: one.satisfied,
        score: one.score,
        case: shortOf(row, customers),
        publications: published.flatMap(({ caseId, publicationId, state: now }) =>
          caseId === row.id ? [{ id: publicationId, state: now }] : [],
        ),
      })),
      next: next && cursorOf([next.at.toISOString(), next.id]),
    }
  },

  async saidAndDone(context, { after }) {
    const rows = await publishedOnes(context.db, timePlace(after), publishedOnPage + 1)
    const shown = rows.slice(0, publishedOnPage)
    const last = rows.length > publishedOnPage ? shown.at(-1)! : null
    const { timeZone } = await readSetting(context.db, organizationProfile)
    return saidPage(visitOf(context), {
      all: shown.map(({ texts, publishedAt }) => ({ texts, publishedAt: publishedAt! })),
      isFirst: after === undefined,
      older: last && cursorOf([last.publishedAt!.toISOString(), last.id]),
      timeZone,
    })
  },
}

/** All words occur, however they are spelt. */
function holds(text: string, wanted: readonly string[]): boolean {
  if (wanted.length === 0) return true
  const folded = fold(text)
  return wanted.every((word) => folded.includes(word))
}

const cut = (text: string): string => (text.length <= shownCharacters ? text : `${text.slice(0, shownCharacters)}…`)

export const shortOf = (row: CaseRow, customers: Awaited<ReturnType<typeof shownCustomers>>) => ({
  id: row.id,
  number: row.number,
  kind: row.kind,
  subject: row.subject,
  state: row.state,
  category: row.category,
  customer: customers.get(row.customerId) ?? null,
})
