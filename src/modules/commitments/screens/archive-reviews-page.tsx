import { Button } from 'antd'
import { useState } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Empty } from '#ui/empty.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Page } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { DataTable } from '#ui/table.tsx'
import { usePages, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { commitmentsApi } from '../api.ts'
import { OwnerChoice } from './owner-choice.tsx'
import './commitments.css'

type Archive = ResultOf<typeof commitmentsApi.archiveReviews>['items'][number]

/** Archives that nobody has touched for too long (B-03). */
export function ArchiveReviewsPage() {
  const t = useWords('commitments')
  const format = useFormat()
  const { may } = useSession()
  const [owner, setOwner] = useState<string | undefined>()
  const [reviewing, setReviewing] = useState<Archive | null>(null)
  const pages = usePages(commitmentsApi.archiveReviews, owner === undefined ? {} : { owner })
  const days = pages.first?.afterDays
  return (
    <Page
      title={t('nav.archiveReviews')}
      about={days === undefined ? undefined : t('archive.about', { count: days })}
      actions={<OwnerChoice value={owner} onChange={setOwner} nobody />}
    >
      <DataTable
        name="archive-reviews"
        label={t('nav.archiveReviews')}
        rowKey={({ id }) => id}
        to={({ id }) => `/customers/${id}`}
        pages={pages}
        columns={[
          { key: 'customer', title: t('field.customer'), cell: ({ name }) => name },
          { key: 'city', title: t('archive.city'), cell: ({ city }) => city },
          { key: 'touched', title: t('archive.touched'), cell: ({ touchedAt }) => format.instant(touchedAt) },
          { key: 'days', title: t('archive.days'), align: 'end', cell: (archive) => format.number(archive.days) },
          ...(may('commitments.write')
            ? [
                {
                  key: 'review',
                  title: t('archive.review'),
                  cell: (archive: Archive) => (
                    <Button size="small" aria-label={`${t('archive.reviewed')}: ${archive.name}`} onClick={() => setReviewing(archive)}>
                      {t('archive.reviewed')}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
        empty={<Empty title={t('archive.nothing')}>{t('archive.nothingHelp')}</Empty>}
      />
      {reviewing && <Review archive={reviewing} close={() => setReviewing(null)} />}
    </Page>
  )
}

function Review({ archive, close }: { archive: Archive; close: () => void }) {
  const t = useWords('commitments')
  const notice = useNotice()
  const review = useWrite(commitmentsApi.reviewArchive, {
    alsoChanges: ['customers'],
    onDone: () => {
      notice.done(t('archive.said'))
      close()
    },
  })
  return (
    <Dialog title={t('archive.reviewOf', { name: archive.name })} onClose={close}>
      <p className="muted">{t('archive.reviewAbout')}</p>
      <Form<{ note: string }>
        fields={[{ name: 'note', kind: 'area', label: t('field.outcome'), rows: 3, maxLength: 5000 }]}
        initial={{}}
        onSubmit={({ note }) => review.send({ customerId: archive.id, ...(note ? { note } : {}) })}
        problem={review.problem}
        pending={review.pending}
        submit={t('archive.reviewed')}
        cancel={close}
      />
    </Dialog>
  )
}
