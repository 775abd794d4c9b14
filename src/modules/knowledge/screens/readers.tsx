import { Button, Segmented } from 'antd'
import { useFormat } from '#ui/format.ts'
import { Loading, Section } from '#ui/page.tsx'
import { Refused } from '#ui/refused.tsx'
import type { Pages } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'

interface Person {
  readonly userId: string
  readonly name: string
  readonly at: Date | null
}

interface ReadersProps {
  readonly title: string
  readonly done: boolean
  readonly setDone: (done: boolean) => void
  readonly pages: Pages<unknown, { doneCount: number; of: number }>
  readonly people: readonly Person[]
}

/** Who has done what they were asked to, and who has not: two lists, of which one is read at a time. */
export function Readers({ title, done, setDone, pages, people }: ReadersProps) {
  const t = useWords('knowledge')
  const ui = useWords('ui')
  const format = useFormat()
  const counts = pages.first
  return (
    <Section title={title} about={counts && t('readers.count', { done: format.number(counts.doneCount), of: format.number(counts.of) })}>
      <Segmented<'yes' | 'no'>
        aria-label={title}
        value={done ? 'yes' : 'no'}
        onChange={(chosen) => setDone(chosen === 'yes')}
        options={[
          { value: 'no', label: t('readers.notYet') },
          { value: 'yes', label: t('readers.done') },
        ]}
      />
      <Refused problem={pages.problem} again={pages.again} />
      {pages.isPending ? (
        <Loading lines={2} />
      ) : people.length === 0 ? (
        <p className="muted">{t(done ? 'readers.nobodyYet' : 'readers.everybody')}</p>
      ) : (
        <ul className="plain-list">
          {people.map(({ userId, name, at }) => (
            <li key={userId}>
              {name} {at && <span className="muted">{format.instant(at)}</span>}
            </li>
          ))}
        </ul>
      )}
      {pages.hasMore && (
        <Button onClick={pages.more} loading={pages.isLoadingMore}>
          {ui('table.more')}
        </Button>
      )}
    </Section>
  )
}
