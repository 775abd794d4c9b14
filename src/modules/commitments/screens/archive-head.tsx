import { Tag } from 'antd'
import { useFormat } from '#ui/format.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { commitmentsApi } from '../api.ts'

/** Beside the customer's name: when the archive was last changed, and whether it went stale since (L-05). */
export function ArchiveHead({ customerId }: { customerId: string }) {
  const t = useWords('commitments')
  const format = useFormat()
  const { data } = useRead(commitmentsApi.archiveState, { customerId }, { keepPrevious: false })
  if (!data) return null
  return (
    <span>
      {t('archive.updated', { at: format.instant(data.touchedAt) })}{' '}
      {data.stale && (
        <Tag color="orange" title={t('archive.staleHelp', { count: data.afterDays })}>
          {t('archive.stale')}
        </Tag>
      )}
    </span>
  )
}
