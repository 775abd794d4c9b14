import { PlusOutlined } from '@ant-design/icons'
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { Dialog } from '#ui/dialog.tsx'
import { Empty } from '#ui/empty.tsx'
import { Loading, Page } from '#ui/page.tsx'
import { Refused } from '#ui/refused.tsx'
import { useSession } from '#ui/session.ts'
import { usePages } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { commitmentsApi } from '../api.ts'
import { Capture } from './signal-forms.tsx'
import { SignalList } from './signal-list.tsx'
import './commitments.css'

/** What was heard moves from captured to judged to reacted (B-04). */
export function SignalsPage() {
  const t = useWords('commitments')
  const ui = useWords('ui')
  const { may } = useSession()
  const writes = may('commitments.write')
  const [shown, setShown] = useState<'open' | 'late' | 'closed'>('open')
  const [capturing, setCapturing] = useState(false)
  const pages = usePages(commitmentsApi.signals, shown === 'closed' ? { closed: true } : shown === 'late' ? { late: true } : {})
  const capture = writes && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setCapturing(true)}>
      {t('signal.capture')}
    </Button>
  )
  return (
    <Page title={t('nav.signals')} about={t('signal.about')} actions={capture}>
      <Segmented<'open' | 'late' | 'closed'>
        aria-label={t('signal.which')}
        value={shown}
        onChange={setShown}
        options={(['open', 'late', 'closed'] as const).map((value) => ({
          value,
          label: t(`signal.show.${value}`, { count: pages.first?.lateAfterDays ?? 7 }),
        }))}
      />
      <Refused problem={pages.problem} again={pages.again} />
      {pages.isPending && <Loading />}
      {!pages.isPending && pages.items.length === 0 && (
        <Empty title={t('signal.nothing')} action={shown === 'open' && capture}>
          {t('signal.nothingHelp')}
        </Empty>
      )}
      <SignalList signals={pages.items} />
      {pages.hasMore && (
        <Button onClick={pages.more} loading={pages.isLoadingMore}>
          {ui('table.more')}
        </Button>
      )}
      {capturing && (
        <Dialog title={t('signal.capture')} onClose={() => setCapturing(false)}>
          <Capture close={() => setCapturing(false)} />
        </Dialog>
      )}
    </Page>
  )
}
