import { Button, Input } from 'antd'
import { useConfirm } from '#ui/confirm.ts'
import { Dialog } from '#ui/dialog.tsx'
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
  const format = useFormat()
  const notice = useNotice()
  const feed = useRead(commitmentsApi.feed, {})
  const make = useWrite(commitmentsApi.makeFeed)
  const revoke = useWrite(commitmentsApi.revokeFeed, { onDone: () => make.reset() })
  const address = make.result ? `${location.origin}${make.result.path}` : null
  const confirm = useConfirm()
  const ask = () => confirm({ title: t('feed.closeAsk'), verb: t('feed.close') }, () => revoke.send({}).catch(() => {}))
  const copy = async (text: string) => {
    await navigator.clipboard.writeText(text)
    notice.done(t('feed.copied'))
  }
  return (
    <Dialog title={t('feed.title')} onClose={close}>
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
                <Button danger onClick={ask}>
                  {t('feed.close')}
                </Button>
              )}
            </div>
          </>
        )}
      </Loaded>
    </Dialog>
  )
}
