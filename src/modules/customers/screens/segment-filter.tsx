import { Select, Tag } from 'antd'
import { Labelled } from '#ui/filter-parts.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'

/** Narrows the list to one of the segments that somebody keeps or others share. */
export function SegmentFilter({ value, change }: { value: string | undefined; change: (segmentId: string | undefined) => void }) {
  const t = useWords('customers')
  const { data } = useRead(api.segments, {})
  return (
    <Labelled label={t('filter.inSegment')}>
      <Select
        className="list-filter"
        value={data?.items.some(({ id }) => id === value) ? value : null}
        allowClear={{ label: t('ui:clear') }}
        placeholder={t('filter.any')}
        aria-label={t('filter.inSegment')}
        showSearch={{ optionFilterProp: 'label' }}
        options={(data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(segmentId: string | undefined) => change(segmentId ?? undefined)}
      />
    </Labelled>
  )
}

/** Says by which segment the list is narrowed, also where that is gone, and takes it away. */
export function SegmentChip({ segmentId, remove }: { segmentId: string; remove: () => void }) {
  const t = useWords('customers')
  const { data } = useRead(api.segments, {})
  if (!data) return null
  const segment = data.items.find(({ id }) => id === segmentId)
  return (
    <Tag key={segmentId} className="segment-chip" color={segment ? 'blue' : 'orange'} closable onClose={remove}>
      {segment ? t('filter.segmentOf', { name: segment.name }) : t('filter.segmentGone')}
    </Tag>
  )
}
