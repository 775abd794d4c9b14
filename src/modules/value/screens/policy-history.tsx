import { useFormat } from '#ui/format.ts'
import { Loaded } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { DataTable } from '#ui/table.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { valueApi } from '../api.ts'
import { serviceTargets } from '../domain/service-policy.ts'
import { usePolicyWords } from './policy-words.ts'

/** Every version of a policy: what was promised when, and who said so. Cases keep the version with which they began. */
export function PolicyHistory({ policyId }: { policyId: string }) {
  const t = useWords('value', 'customers')
  const format = useFormat()
  const { nameOf } = usePeople()
  const { time } = usePolicyWords()
  const versions = useRead(valueApi.servicePolicyVersions, { policyId }, { keepPrevious: false })
  const by = (id: string) => (id === 'system' ? t('policy.byProduct') : nameOf(id))
  return (
    <Loaded of={versions} lines={3}>
      {({ items }) => (
        <DataTable
          name="value-policy-versions"
          label={t('policy.history')}
          rowKey={(row) => String(row.version)}
          pages={{ items }}
          columns={[
            { key: 'version', title: t('policy.version'), cell: (row) => format.number(row.version) },
            {
              key: 'saved',
              title: t('policy.savedAt'),
              cell: (row) => (
                <>
                  <div className="nowrap">{format.instant(row.savedAt)}</div>
                  <small className="muted">{by(row.savedBy)}</small>
                </>
              ),
            },
            {
              key: 'promised',
              title: t('policy.promised'),
              cell: (row) => (
                <ul className="policy-benefits">
                  {serviceTargets.map((target) => (
                    <li key={target}>
                      {t(`policy.target.${target}`)}
                      {t('ui:colon')}
                      {time(row.targets[target])}
                    </li>
                  ))}
                </ul>
              ),
            },
            {
              key: 'channels',
              title: t('policy.channels'),
              cell: (row) => format.list(row.channels.map((one) => t(`customers:channel.${one}`))),
            },
            { key: 'cost', title: t('policy.yearlyCost'), align: 'end', cell: (row) => format.money(row.yearlyCostMinor) },
          ]}
        />
      )}
    </Loaded>
  )
}
