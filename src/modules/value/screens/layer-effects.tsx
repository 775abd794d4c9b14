import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded } from '#ui/page.tsx'
import { DataTable } from '#ui/table.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { valueApi } from '../api.ts'

/** How satisfaction changed with what was given, by layer, by type, and expected against unexpected (K-04). */
export function LayerEffects() {
  const t = useWords('value')
  const format = useFormat()
  const found = useRead(valueApi.serviceLayers, {})
  return (
    <Loaded of={found}>
      {({ layers, extraTypes, expected, unexpected, from, to }) => {
        const rows = [
          ...layers.map((row) => ({ ...row, key: row.layer, name: t(`layer.${row.layer}`) })),
          ...extraTypes.map((row) => ({
            ...row,
            key: row.extraType,
            name: t('layers.ofExtra', { type: t(`extraType.${row.extraType}`) }),
          })),
          { ...expected, key: 'expected', name: t('service.expected') },
          { ...unexpected, key: 'unexpected', name: t('service.unexpected') },
        ]
        if (expected.given + unexpected.given === 0) return <Empty title={t('layers.none')}>{t('layers.noneHelp')}</Empty>
        return (
          <>
            <DataTable
              name="value-layers"
              label={t('layers.title')}
              rowKey={(row) => row.key}
              pages={{ items: rows }}
              columns={[
                { key: 'name', title: t('layers.what'), cell: (row) => row.name },
                { key: 'given', title: t('layers.given'), align: 'end', cell: (row) => format.number(row.given) },
                { key: 'cost', title: t('service.cost'), align: 'end', cell: (row) => format.money(row.costMinor) },
                { key: 'scored', title: t('layers.scored'), align: 'end', cell: (row) => format.number(row.scored) },
                {
                  key: 'change',
                  title: t('layers.change'),
                  align: 'end',
                  cell: (row) =>
                    row.plusMinus === null
                      ? format.number(row.meanChange, 2)
                      : t('layers.between', { mean: format.number(row.meanChange, 2), by: format.number(row.plusMinus, 2) }),
                },
              ]}
            />
            <p className="muted">{t('layers.note', { from: format.day(from), to: format.day(to) })}</p>
          </>
        )
      }}
    </Loaded>
  )
}
