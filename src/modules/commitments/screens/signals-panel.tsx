import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { Dialog } from '#ui/dialog.tsx'
import { Loading } from '#ui/page.tsx'
import { Refused } from '#ui/refused.tsx'
import { useSession } from '#ui/session.ts'
import { usePages } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { commitmentsApi } from '../api.ts'
import { Capture } from './signal-forms.tsx'
import { SignalList } from './signal-list.tsx'
import './commitments.css'

/** On a customer's page: what was heard of them, and what became of it (B-04). */
export function SignalsPanel({ customerId }: { customerId: string }) {
  const t = useWords('commitments')
  const ui = useWords('ui')
  const { may } = useSession()
  const [capturing, setCapturing] = useState(false)
  const pages = usePages(commitmentsApi.signalsOfCustomer, { customerId, limit: 5 })
  return (
    <div className="commitment-panel">
      <Refused problem={pages.problem} again={pages.again} />
      {pages.isPending && <Loading lines={2} />}
      {!pages.isPending && pages.items.length === 0 && <p className="muted">{t('signal.nothingOfCustomer')}</p>}
      {pages.items.length > 0 && <SignalList signals={pages.items} named={false} />}
      <div className="row">
        {may('commitments.write') && (
          <Button icon={<PlusOutlined />} onClick={() => setCapturing(true)}>
            {t('signal.capture')}
          </Button>
        )}
        {pages.hasMore && (
          <Button onClick={pages.more} loading={pages.isLoadingMore}>
            {ui('table.more')}
          </Button>
        )}
      </div>
      {capturing && (
        <Dialog title={t('signal.capture')} onClose={() => setCapturing(false)}>
          <Capture customerId={customerId} close={() => setCapturing(false)} />
        </Dialog>
      )}
    </div>
  )
}
