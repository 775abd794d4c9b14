import { Button } from 'antd'
import { Link } from 'react-router'
import { useFormat } from '#ui/format.ts'
import { Section } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useWords } from '#ui/words.ts'
import { type Entry, EntryList } from './review-entries.tsx'
import { type Review, type ReviewSection, useReviewWords } from './review-words.ts'

/** One part of what management looks at: figures beside the period before, what they are made of, and what it concludes. */
export function SectionOf({
  section,
  review,
  say,
  change,
}: {
  readonly section: ReviewSection
  readonly review: Review
  readonly say: () => void
  readonly change: (entry: Entry) => void
}) {
  const t = useWords('cases')
  const conclusions = review.entries.filter(({ kind, section: of }) => kind === 'conclusion' && of === section.key)
  const lists = section.lists.filter(({ rows }) => rows.length > 0)
  if (section.figures.length + lists.length + section.lines.length + conclusions.length === 0) return null
  const isDraft = review.state === 'draft'
  return (
    <Section
      title={t(`review.section.${section.key}`, { defaultValue: section.key })}
      about={t(`review.sectionAbout.${section.key}`, { defaultValue: '' })}
      actions={
        isDraft && (
          <Button className="no-print" size="small" onClick={say}>
            {t('review.conclude')}
          </Button>
        )
      }
    >
      {section.figures.length > 0 && <Figures section={section} />}
      {lists.length > 0 && (
        <div className="review-lists">
          {lists.map((list) => (
            <List key={list.key} list={list} />
          ))}
        </div>
      )}
      {section.lines.length > 0 && <Lines section={section} />}
      {conclusions.length > 0 && (
        <>
          <h3 className="review-sub">{t('review.conclusions')}</h3>
          <EntryList entries={conclusions} {...(isDraft ? { change, reviewId: review.id } : {})} />
        </>
      )}
    </Section>
  )
}

function Figures({ section }: { readonly section: ReviewSection }) {
  const t = useWords('cases')
  const { figureName, value, made } = useReviewWords()
  return (
    <table className="review-figures">
      <thead>
        <tr>
          <th scope="col">{t('review.column.what')}</th>
          <th scope="col">{t('review.column.now')}</th>
          <th scope="col">{t('review.column.before')}</th>
          <th scope="col">{t('review.column.change')}</th>
        </tr>
      </thead>
      <tbody>
        {section.figures.map((figure) => (
          <tr key={`${figure.key} ${figure.of}`}>
            <th scope="row">
              {figureName(section, figure)}
              <small>{t(`review.figureAbout.${section.key}.${figure.key}`, { defaultValue: '' })}</small>
            </th>
            <td data-name={t('review.column.now')}>
              <strong>{value(figure.unit, figure.now)}</strong>
              <small>{made(figure.unit, figure.now)}</small>
            </td>
            <td data-name={t('review.column.before')}>
              {value(figure.unit, figure.before)}
              <small>{figure.before && made(figure.unit, figure.before)}</small>
            </td>
            <td data-name={t('review.column.change')}>
              {figure.change !== null && <span className={`review-${figure.change}`}>{t(`review.change.${figure.change}`)}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function List({ list }: { readonly list: ReviewSection['lists'][number] }) {
  const t = useWords('cases')
  const format = useFormat()
  const { rowName } = useReviewWords()
  return (
    <div>
      <table className="review-list">
        <thead>
          <tr>
            <th scope="col">{t(`review.list.${list.key}`)}</th>
            <th scope="col">{t('review.column.now')}</th>
            <th scope="col">{t('review.column.before')}</th>
          </tr>
        </thead>
        <tbody>
          {list.rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.vital ? <b title={t('review.vital')}>{rowName(list.key, row)}</b> : rowName(list.key, row)}</th>
              <td>
                {format.number(row.now)} <small>{format.percent(row.share)}</small>
              </td>
              <td>{format.number(row.before)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {list.others + list.unsaid > 0 && (
        <p className="muted">{t('review.rest', { others: format.number(list.others), unsaid: format.number(list.unsaid) })}</p>
      )}
    </div>
  )
}

/** Where a line leads, if anywhere. */
const placeOf = ({ kind, id }: ReviewSection['lines'][number]): string | null =>
  kind === 'problem' ? `/cases/problems/${id}` : kind === 'audit' ? `/cases/audits/${id}` : null

function Lines({ section }: { readonly section: ReviewSection }) {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const { lineName, lineState } = useReviewWords()
  return (
    <>
      <h3 className="review-sub">{t('review.lines')}</h3>
      <ul className="review-lines">
        {section.lines.map((line) => {
          const to = placeOf(line)
          const name = lineName(line)
          const rest = [
            lineState(line),
            line.day && format.day(line.day),
            line.at && format.instant(line.at),
            line.who && people.nameOf(line.who),
          ].filter(Boolean)
          return (
            <li key={`${line.kind} ${line.id} ${line.at?.getTime()}`}>
              {to === null ? name : <Link to={to}>{name}</Link>} <span className="muted">{rest.join(' · ')}</span>
            </li>
          )
        })}
      </ul>
    </>
  )
}
