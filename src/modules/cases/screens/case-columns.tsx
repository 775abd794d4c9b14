import { Tag } from 'antd'
import { nothingKnown, useFormat } from '#ui/format.ts'
import { usePeople } from '#ui/people.ts'
import type { Column } from '#ui/table.tsx'
import { TierTag } from '#ui/tier-tag.tsx'
import { useWords } from '#ui/words.ts'
import { CaseCustomer } from './case-customer.tsx'
import { type Listed, useMatter, useStepName } from './shown.ts'

/** The columns of a list of cases. `customer`: with whose they are. */
export function useCaseColumns({ customer }: { readonly customer: boolean }): readonly Column<Listed>[] {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const step = useStepName()
  const matter = useMatter()
  const whose: readonly Column<Listed>[] = [
    {
      key: 'customer',
      title: t('field.customer'),
      cell: (row) => <CaseCustomer of={row.customer} />,
    },
    { key: 'manager', title: t('field.manager'), cell: (row) => people.nameOf(row.managerId) },
    { key: 'tier', title: t('field.tier'), cell: (row) => <TierTag tier={row.tier} /> },
  ]
  return [
    {
      key: 'subject',
      title: t('field.subject'),
      cell: (row) => (
        <span className="case-name">
          <span className="muted case-number">{row.number}</span> {row.subject} {row.immediate && <Tag color="error">{t('immediate')}</Tag>}{' '}
          {row.repeated && <Tag className="case-bad">{t('repeated')}</Tag>}{' '}
          {row.proactive && <Tag color="processing">{t('found.raised')}</Tag>}{' '}
          {row.recurred && <Tag color="error">{t('recurred.tag')}</Tag>}
        </span>
      ),
    },
    ...(customer ? whose : []),
    { key: 'kind', title: t('field.kind'), cell: (row) => t(`kind.${row.kind}`) },
    { key: 'matter', title: t('field.matter'), cell: (row) => matter(row) ?? '', optional: true },
    {
      key: 'step',
      title: t('field.step'),
      cell: (row) => (
        <span className="row">
          {row.state === 'open' || row.state === 'resolved' ? step(row.step, row.stepNames) : <Tag>{t(`state.${row.state}`)}</Tag>}
          {row.paused && <Tag>{t('paused')}</Tag>}
        </span>
      ),
    },
    { key: 'severity', title: t('field.severity'), cell: (row) => t(`severity.${row.severity}`) },
    {
      key: 'due',
      title: t('field.due'),
      cell: (row) => (
        <span className={row.late ? 'case-due case-late' : row.dueAt ? 'case-due' : 'muted'}>
          {row.dueAt ? format.instant(row.dueAt) : row.late ? t('late') : nothingKnown}
        </span>
      ),
    },
    { key: 'owner', title: t('field.owner'), cell: (row) => people.nameOf(row.ownerId) ?? <span className="muted">{t('nobody')}</span> },
    { key: 'received', title: t('field.receivedAt'), cell: (row) => format.instant(row.receivedAt), optional: true },
  ]
}
