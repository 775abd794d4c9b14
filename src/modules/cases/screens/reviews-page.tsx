import { Alert, Button, Tag } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { Dialog } from '#ui/dialog.tsx'
import { Empty } from '#ui/empty.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Page } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { DataTable } from '#ui/table.tsx'
import { usePages, useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import './cases.css'
import './review.css'

/** The reviews of management, the one that is due, and the way to begin it with one click. */
export function ReviewsPage() {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const pages = usePages(casesApi.reviews, {})
  const [choosing, setChoosing] = useState(false)
  return (
    <Page
      title={t('review.listTitle')}
      about={t('review.listAbout')}
      actions={
        <>
          <Link to="/cases/audits">{t('nav.audits')}</Link>
          <Button onClick={() => setChoosing(true)}>{t('review.beginOther')}</Button>
        </>
      }
    >
      <Due />
      <DataTable
        name="case-reviews"
        label={t('review.listTitle')}
        pages={pages}
        rowKey={(row) => row.id}
        to={(row) => `/cases/reviews/${row.id}`}
        columns={[
          { key: 'period', title: t('review.period'), cell: (row) => `${format.day(row.from)} – ${format.day(row.to)}` },
          {
            key: 'state',
            title: t('review.state'),
            cell: (row) => <Tag {...(row.state === 'draft' ? { color: 'warning' } : {})}>{t(`review.stateOf.${row.state}`)}</Tag>,
          },
          { key: 'preparedBy', title: t('review.preparedBy'), cell: (row) => people.nameOf(row.preparedBy) },
          { key: 'heldOn', title: t('review.heldOn'), cell: (row) => row.heldAt && format.instant(row.heldAt) },
          { key: 'heldBy', title: t('review.heldBy'), cell: (row) => row.heldBy && people.nameOf(row.heldBy) },
        ]}
        empty={<Empty title={t('review.none')}>{t('review.noneHelp')}</Empty>}
      />
      {choosing && <OtherPeriod close={() => setChoosing(false)} />}
    </Page>
  )
}

/** What is due for the last period that is over. */
function Due() {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const notice = useNotice()
  const navigate = useNavigate()
  const due = useRead(casesApi.reviewDue, {})
  const make = useWrite(casesApi.makeReview, { onDone: ({ id }) => navigate(`/cases/reviews/${id}`) })
  return (
    <Loaded of={due} lines={2}>
      {({ from, to, dueDay, responsibleId, reviewId, held }) => (
        <Alert
          className="review-due"
          type={held ? 'success' : 'info'}
          showIcon
          title={held ? t('review.upToDate') : t('review.due', { from: format.day(from), to: format.day(to), day: format.day(dueDay) })}
          description={
            held
              ? undefined
              : responsibleId === null
                ? t('review.dueNobody')
                : t('review.dueWho', { name: people.nameOf(responsibleId) ?? responsibleId })
          }
          action={
            reviewId !== null ? (
              <Link to={`/cases/reviews/${reviewId}`}>{t('review.open')}</Link>
            ) : (
              <Button type="primary" loading={make.pending} onClick={() => void make.send({ from, to }).catch(notice.refused)}>
                {t('review.begin')}
              </Button>
            )
          }
        />
      )}
    </Loaded>
  )
}

function OtherPeriod({ close }: { readonly close: () => void }) {
  const t = useWords('cases')
  const navigate = useNavigate()
  const make = useWrite(casesApi.makeReview, { onDone: ({ id }) => navigate(`/cases/reviews/${id}`) })
  return (
    <Dialog title={t('review.beginOther')} onClose={close}>
      <Form<{ readonly from: string; readonly to: string }>
        fields={[
          { name: 'from', kind: 'day', label: t('review.from'), required: true },
          { name: 'to', kind: 'day', label: t('review.to'), required: true },
        ]}
        initial={{}}
        onSubmit={(period) => make.send(period)}
        problem={make.problem}
        pending={make.pending}
        submit={t('review.begin')}
        cancel={close}
      />
    </Dialog>
  )
}
