import { Button, Input, Modal, Popconfirm } from 'antd'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loaded } from '#ui/page.tsx'
import { Refused } from '#ui/refused.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { commitmentsApi } from '../api.ts'

/** The private address by which a calendar program reads one's appointments: made, shown once, closed. */
export function FeedDialog({ close }: { close: () => void }) {
  const t = useWords('commitments')
  const ui = useWords('ui')
  const format = useFormat()
  const notice = useNotice()
  const feed = useRead(commitmentsApi.feed, {})
  const make = useWrite(commitmentsApi.makeFeed)
  const revoke = useWrite(commitmentsApi.revokeFeed, { onDone: () => make.reset() })
  const address = make.result ? `${location.origin}${make.result.path}` : null
  const copy = async (text: string) => {
    await navigator.clipboard.writeText(text)
    notice.done(t('feed.copied'))
  }
  return (
    <Modal open title={t('feed.title')} onCancel={close} footer={null} destroyOnHidden>
      <p className="muted">{t('feed.about')}</p>
      <Refused problem={make.problem ?? revoke.problem} />
      <Loaded of={feed} lines={2}>
        {({ madeAt }) => (
          <>
            {address && (
              <div className="feed-address">
                <Input readOnly aria-label={t('feed.address')} value={address} onFocus={(event) => event.target.select()} />
                <Button onClick={() => void copy(address).catch(() => {})}>{t('feed.copy')}</Button>
              </div>
            )}
            <p>{address ? t('feed.once') : madeAt ? t('feed.since', { at: format.instant(madeAt) }) : t('feed.none')}</p>
            <div className="form-actions">
              <Button type="primary" loading={make.pending} onClick={() => void make.send({}).catch(() => {})}>
                {t(madeAt ? 'feed.again' : 'feed.make')}
              </Button>
              {madeAt && (
                <Popconfirm
                  title={t('feed.closeAsk')}
                  okText={t('feed.close')}
                  cancelText={ui('cancel')}
                  onConfirm={() => revoke.send({}).catch(() => {})}
                >
                  <Button danger>{t('feed.close')}</Button>
                </Popconfirm>
              )}
            </div>
          </>
        )}
      </Loaded>
    </Modal>
  )
}
