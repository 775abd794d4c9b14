import { useFormat } from '#ui/format.ts'
import { Section } from '#ui/page.tsx'
import { TableScroll } from '#ui/table-scroll.tsx'
import { useWords } from '#ui/words.ts'
import type { ImporterView, Outcome } from '../api.ts'
import { useImportWords } from './import-words.ts'

/** Rows that are in, but not with everything they say. */
export function Noted({ notes, importer }: { notes: NonNullable<Outcome['notes']>; importer: ImporterView }) {
  const t = useWords('imports')
  const format = useFormat()
  return (
    <Section title={t('noted.title', { count: notes.count, shown: format.number(notes.count) })} about={t('noted.about')}>
      {notes.first.length === 0 ? (
        <p className="muted">{t('rejected.hidden')}</p>
      ) : (
        <div className="list">
          <ProblemTable problems={notes.first} importer={importer} />
          {notes.count > notes.first.length && (
            <p className="muted import-under">
              {t('noted.rest', { count: notes.count - notes.first.length, shown: format.number(notes.count - notes.first.length) })}
            </p>
          )}
        </div>
      )}
    </Section>
  )
}

/** Lines of a file with what is wrong in them. */
export function ProblemTable({ problems, importer }: { problems: Outcome['problems']; importer: ImporterView }) {
  const t = useWords('imports')
  const words = useImportWords()
  const format = useFormat()
  const caption = t('rejected.first')
  return (
    <TableScroll label={caption}>
      <table className="table table-compact">
        <caption className="hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('rejected.line')}</th>
            <th scope="col">{t('rejected.field')}</th>
            <th scope="col">{t('rejected.reason')}</th>
          </tr>
        </thead>
        <tbody>
          {problems.map((problem, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one line may be named twice
            <tr key={index}>
              <td>
                <span className="import-line">{t('rejected.lineNumber', { line: format.number(problem.line) })}</span>
              </td>
              <td data-label={t('rejected.field')}>{problem.field === null ? '–' : words.field(importer, problem.field)}</td>
              <td data-label={t('rejected.reason')}>{words.reason(importer, problem)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  )
}
