import type { Context } from '#platform/context.ts'
import type { ReviewSection } from '../domain/management-review.ts'
import { processActionsById } from '../store/process-actions.ts'
import { titlesOf } from '../store/review-figures.ts'

/**
 * Sections with what their lines are called now. Words are kept where they were written and nowhere else: whoever is erased goes out of them there.
 */
export async function titledSections({ db }: Pick<Context, 'db'>, sections: readonly ReviewSection[]) {
  const idsOf = (kind: string) => sections.flatMap(({ lines }) => lines.flatMap((line) => (line.kind === kind ? [line.id] : [])))
  const named = await titlesOf(db, [...idsOf('problem'), ...idsOf('audit')])
  const actions = await processActionsById(db, idsOf('action'))
  const titles = new Map([...named, ...[...actions.values()].map(({ id, text }) => [id, text] as const)])
  return sections.map(({ key, figures, lists, lines }) => ({
    key,
    figures: figures.map((figure) => ({ ...figure })),
    lists: lists.map((list) => ({ ...list, rows: [...list.rows] })),
    lines: lines.map(({ at, ...line }) => ({ ...line, at: at === null ? null : new Date(at), title: titles.get(line.id) ?? null })),
  }))
}
