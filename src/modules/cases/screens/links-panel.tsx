import { Button, Tag } from 'antd'
import { useConfirm } from '#ui/confirm.ts'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loaded } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import './cases.css'

/** By how many private links a case is followed, and the way to end them all. */
export function LinksPanel({ caseId }: { readonly caseId: string }) {
  const t = useWords('cases')
  const format = useFormat()
  const notice = useNotice()
  const confirm = useConfirm()
  const { may } = useSession()
  const links = useRead(casesApi.caseLinks, { caseId })
  const end = useWrite(casesApi.endCaseLinks, { onDone: ({ ended }) => notice.done(t('links.ended', { count: ended })) })
  const now = new Date()
  return (
    <Loaded of={links} lines={1}>
      {({ items }) => {
        const open = items.filter(({ revokedAt, expiresAt }) => revokedAt === null && expiresAt > now)
        if (open.length === 0) return <p className="muted">{t('links.none')}</p>
        return (
          <>
            <ul className="case-mails" aria-label={t('links.title')}>
              {open.map(({ id, createdAt, expiresAt, narrow, uses, usedAt }) => (
                <li key={id}>
                  {t('links.one', { made: format.instant(createdAt), until: format.instant(expiresAt) })}{' '}
                  <small className="muted">
                    {usedAt === null ? t('links.unused') : t('links.used', { count: uses, at: format.instant(usedAt) })}
                  </small>{' '}
                  {narrow && <Tag>{t('links.narrow')}</Tag>}
                </li>
              ))}
            </ul>
            {may('cases.write') && (
              <Button danger onClick={() => confirm({ title: t('links.endSure'), verb: t('links.end') }, () => end.send({ caseId }))}>
                {t('links.end')}
              </Button>
            )}
          </>
        )
      }}
    </Loaded>
  )
}
