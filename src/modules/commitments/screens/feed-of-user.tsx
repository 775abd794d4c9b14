import { Button } from 'antd'
import { useConfirm } from '#ui/confirm.ts'
import { useFormat } from '#ui/format.ts'
import { Loaded } from '#ui/page.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { commitmentsApi } from '../api.ts'

/** Whether somebody's appointments can be read at a private address, and the way to close it. */
export function FeedOfUser({ userId }: { readonly userId: string }) {
  const t = useWords('commitments')
  const format = useFormat()
  const feed = useRead(commitmentsApi.feedOfUser, { userId })
  const revoke = useWrite(commitmentsApi.revokeFeedOfUser)
  const confirm = useConfirm()
  const ask = () => confirm({ title: t('feed.closeAsk'), verb: t('feed.close') }, () => revoke.send({ userId }))
  return (
    <Loaded of={feed} lines={1}>
      {({ madeAt }) =>
        madeAt ? (
          <div className="row">
            <span>{t('feed.openSince', { at: format.instant(madeAt) })}</span>
            <Button size="small" danger onClick={ask}>
              {t('feed.close')}
            </Button>
          </div>
        ) : (
          <p className="muted">{t('feed.none')}</p>
        )
      }
    </Loaded>
  )
}
