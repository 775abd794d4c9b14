import { App, Button } from 'antd'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loaded } from '#ui/page.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { commitmentsApi } from '../api.ts'

/** Whether somebody's appointments can be read at a private address, and the way to close it. */
export function FeedOfUser({ userId }: { readonly userId: string }) {
  const t = useWords('commitments')
  const ui = useWords('ui')
  const format = useFormat()
  const notice = useNotice()
  const feed = useRead(commitmentsApi.feedOfUser, { userId })
  const revoke = useWrite(commitmentsApi.revokeFeedOfUser)
  const { modal } = App.useApp()
  const ask = () =>
    void modal.confirm({
      title: t('feed.closeAsk'),
      okText: t('feed.close'),
      okButtonProps: { danger: true },
      cancelText: ui('cancel'),
      onOk: () => revoke.send({ userId }).catch(notice.refused),
    })
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
