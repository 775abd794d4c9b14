import { DownloadOutlined, PrinterOutlined } from '@ant-design/icons'
import { Alert, Button, Tag } from 'antd'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { download } from '#ui/client.ts'
import { useConfirm } from '#ui/confirm.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { MenuButton } from '#ui/menu-button.tsx'
import { Loaded, Page, Section } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useLanguage, useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import type { ReviewEntryKind } from '../domain/management-review.ts'
import { FactList } from './facts.tsx'
import { ProcessActions } from './process-actions.tsx'
import { EntryDialog, EntryList, type Writing } from './review-entries.tsx'
import { SectionOf } from './review-section.tsx'
import type { Review } from './review-words.ts'
import './cases.css'
import './seeing.css'
import './review.css'

/** How complaints of a period were handled: what was, what management concludes and decides; printed as it stands. */
export function ReviewPage() {
  const { reviewId = '' } = useParams()
  const found = useRead(casesApi.review, { reviewId }, { keepPrevious: false })
  return (
    <Loaded of={found} lines={14}>
      {(review) => <Found review={review} />}
    </Loaded>
  )
}

const formats = ['html', 'csv', 'xlsx'] as const

function Found({ review }: { readonly review: Review }) {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const confirm = useConfirm()
  const navigate = useNavigate()
  const { language } = useLanguage()
  const hold = useWrite(casesApi.holdReview, { alsoChanges: ['commitments'] })
  const drop = useWrite(casesApi.dropReview, { onDone: () => navigate('/cases/reviews', { replace: true }) })
  const [writing, setWriting] = useState<Writing | null>(null)
  const [taking, setTaking] = useState(false)
  const isDraft = review.state === 'draft'
  const { id: reviewId, version } = review
  const say = (kind: ReviewEntryKind, section: string | null = null) => setWriting({ kind, section, entry: null })
  const change = (entry: Review['entries'][number]) => setWriting({ kind: entry.kind, section: entry.section, entry })
  const period = (of: { readonly from: string; readonly to: string }) => `${format.day(of.from)} – ${format.day(of.to)}`
  const took = [...review.participants.map((id) => people.nameOf(id)), ...(review.guests === null ? [] : [review.guests])]
  return (
    <Page
      title={`${t('review.title')} · ${period(review)}`}
      about={<Tag {...(isDraft ? { color: 'warning' } : { color: 'success' })}>{t(`review.stateOf.${review.state}`)}</Tag>}
      actions={
        <>
          {review.may.hold && (
            <Button
              type="primary"
              onClick={() =>
                confirm({ title: t('review.hold'), verb: t('review.hold'), about: t('review.holdAbout'), harmless: true }, () =>
                  hold.send({ reviewId, version }),
                )
              }
            >
              {t('review.hold')}
            </Button>
          )}
          <Button icon={<PrinterOutlined />} onClick={() => print()}>
            {t('review.print')}
          </Button>
          <MenuButton
            label={t('review.document')}
            icon={<DownloadOutlined />}
            items={formats.map((key) => ({ key, label: t(key === 'html' ? 'review.document' : `review.${key}`) }))}
            onChoose={(key) => void download(casesApi.reviewFile, { reviewId, format: key as (typeof formats)[number], language })}
          >
            {t('review.document')}
          </MenuButton>
          {isDraft && (
            <Button
              danger
              onClick={() => confirm({ title: t('review.dropSure'), verb: t('review.drop') }, () => drop.send({ reviewId, version }))}
            >
              {t('review.drop')}
            </Button>
          )}
        </>
      }
    >
      <Alert
        className="review-as-of"
        type={isDraft ? 'warning' : 'info'}
        showIcon
        title={t(isDraft ? 'review.live' : 'review.frozen', { at: format.instant(review.readAt) })}
      />
      <Section
        title={t('review.whoTakesPart')}
        actions={
          isDraft && (
            <Button className="no-print" size="small" onClick={() => setTaking(true)}>
              {t('review.change')}
            </Button>
          )
        }
      >
        <FactList
          of={[
            [t('review.participants'), took.length > 0 ? format.list(took.filter((name) => name != null)) : t('review.nothingSaid')],
            [t('review.comparedWith'), period(review.before)],
            [t('review.preparedBy'), `${people.nameOf(review.preparedBy)} · ${format.instant(review.preparedAt)}`],
            [t('review.heldBy'), review.heldAt && `${people.nameOf(review.heldBy)} · ${format.instant(review.heldAt)}`],
          ]}
        />
      </Section>
      {review.sections.map((section) => (
        <SectionOf key={section.key} section={section} review={review} say={() => say('conclusion', section.key)} change={change} />
      ))}
      <Said review={review} kind="decision" say={say} change={change} />
      <Said review={review} kind="means" say={say} change={change} />
      {!isDraft && <Said review={review} kind="addendum" say={say} change={change} />}
      {writing && <EntryDialog reviewId={reviewId} writing={writing} close={() => setWriting(null)} />}
      {taking && <Taking review={review} close={() => setTaking(false)} />}
    </Page>
  )
}

const words = {
  decision: { title: 'review.decisions', add: 'review.decide' },
  means: { title: 'review.means', add: 'review.giveMeans' },
  addendum: { title: 'review.addenda', add: 'review.addendumAdd' },
} as const

/** What was decided, given or added. What somebody does stands with how far it came. */
function Said({
  review,
  kind,
  say,
  change,
}: {
  readonly review: Review
  readonly kind: keyof typeof words
  readonly say: (kind: ReviewEntryKind) => void
  readonly change: (entry: Review['entries'][number]) => void
}) {
  const t = useWords('cases')
  const isDraft = review.state === 'draft'
  const carried = new Set(review.actions.map(({ id }) => id))
  const entries = review.entries.filter((entry) => entry.kind === kind && !carried.has(entry.id))
  const actions = kind === 'decision' ? review.actions : []
  const isOpen = isDraft || kind === 'addendum'
  return (
    <Section
      title={t(words[kind].title)}
      about={kind === 'decision' && isDraft ? t('review.decisionsAbout') : undefined}
      actions={
        isOpen && (
          <Button className="no-print" size="small" onClick={() => say(kind)}>
            {t(words[kind].add)}
          </Button>
        )
      }
    >
      {entries.length + actions.length === 0 && <p className="muted">{t('review.nothingSaid')}</p>}
      {actions.length > 0 && <ProcessActions actions={actions} />}
      {entries.length > 0 && <EntryList entries={entries} {...(isDraft ? { reviewId: review.id, change } : {})} />}
    </Section>
  )
}

function Taking({ review, close }: { readonly review: Review; readonly close: () => void }) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const write = useWrite(casesApi.changeReview, { onDone: close })
  return (
    <Dialog title={t('review.whoTakesPart')} onClose={close}>
      <Form<{ readonly participantIds?: readonly string[]; readonly guests?: string | null }>
        fields={[
          { name: 'participantIds', kind: 'people', several: true, label: t('review.participants') },
          { name: 'guests', kind: 'text', label: t('review.guests'), help: t('review.guestsHelp'), maxLength: 500 },
        ]}
        initial={{ participantIds: review.participants, guests: review.guests }}
        onSubmit={({ participantIds = [], guests }) =>
          write.send({ reviewId: review.id, version: review.version, participantIds: [...participantIds], guests: guests || null })
        }
        problem={write.problem}
        pending={write.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}
