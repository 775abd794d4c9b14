import { Button } from 'antd'
import { Dialog } from '#ui/dialog.tsx'
import { type Field, Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { usePeople } from '#ui/people.ts'
import { useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import type { ReviewEntryKind, SectionKey } from '../domain/management-review.ts'
import type { Review } from './review-words.ts'

export type Entry = Review['entries'][number]

/** What was said, with who does it until when; to be changed only where that is handed in. */
export function EntryList({
  entries,
  reviewId,
  change,
}: {
  readonly entries: readonly Entry[]
  readonly reviewId?: string
  readonly change?: (entry: Entry) => void
}) {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const notice = useNotice()
  const drop = useWrite(casesApi.dropReviewEntry)
  return (
    <ul className="review-entries">
      {entries.map((entry) => (
        <li key={entry.id}>
          <span className="case-text">{entry.text}</span>
          <span className="muted">
            {[
              entry.ownerId && people.nameOf(entry.ownerId),
              entry.dueDay && format.day(entry.dueDay),
              entry.kind === 'addendum' && `${people.nameOf(entry.madeBy)} · ${format.instant(entry.madeAt)}`,
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
          {change && reviewId !== undefined && (
            <span className="row no-print">
              <Button size="small" type="text" onClick={() => change(entry)}>
                {t('review.change')}
              </Button>
              <Button
                size="small"
                type="text"
                onClick={() => void drop.send({ reviewId, entryId: entry.id, version: entry.version }).catch(notice.refused)}
              >
                {t('review.remove')}
              </Button>
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

/** What is about to be written: a new entry of a kind, or one that is there. */
export type Writing = { readonly kind: ReviewEntryKind; readonly section: string | null; readonly entry: Entry | null }

interface Said {
  readonly text: string
  readonly ownerId?: string | null
  readonly dueDay?: string | null
}

export function EntryDialog({
  reviewId,
  writing,
  close,
}: {
  readonly reviewId: string
  readonly writing: Writing
  readonly close: () => void
}) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const { kind, section, entry } = writing
  const add = useWrite(casesApi.addReviewEntry, { onDone: close })
  const change = useWrite(casesApi.changeReviewEntry, { onDone: close })
  const write = entry ? change : add
  const titles = {
    conclusion: 'review.conclude',
    decision: 'review.decide',
    means: 'review.giveMeans',
    addendum: 'review.addendumAdd',
  } as const
  const owed: readonly Field<Said>[] = [
    { name: 'ownerId', kind: 'people', label: t('review.who'), help: t('review.decisionsAbout') },
    { name: 'dueDay', kind: 'day', label: t('review.until') },
  ]
  return (
    <Dialog title={section === null ? t(titles[kind]) : t(`review.section.${section}`)} onClose={close} wide>
      <Form<Said>
        fields={[
          { name: 'text', kind: 'area', rows: 4, label: t('review.said'), required: true, maxLength: 4000 },
          ...(kind === 'decision' ? owed : []),
        ]}
        initial={entry ? { text: entry.text, ownerId: entry.ownerId, dueDay: entry.dueDay } : {}}
        onSubmit={({ text, ownerId = null, dueDay = null }) =>
          entry
            ? change.send({ reviewId, entryId: entry.id, version: entry.version, text, ownerId, dueDay })
            : add.send({ reviewId, kind, section: section as SectionKey | null, text, ownerId, dueDay })
        }
        problem={write.problem}
        pending={write.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}
