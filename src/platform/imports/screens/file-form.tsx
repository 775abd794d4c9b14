import { InputNumber, Select } from 'antd'
import { useState } from 'react'
import { Section } from '#ui/page.tsx'
import { TableScroll } from '#ui/table-scroll.tsx'
import { useWords } from '#ui/words.ts'
import type { Inspection, LayoutChoice } from '../api.ts'
import { Labelled } from './import-options.tsx'

const encodings = ['utf-8', 'gb18030', 'big5', 'windows-1252', 'utf-16le', 'utf-16be'] as const
const delimiters = [',', ';', '\t', '|'] as const

/** How the file is cut into rows and cells, with its first rows: closed as long as nothing looks wrong. */
export function FileForm({ found, onLayout }: { found: Inspection; onLayout: (choice: LayoutChoice) => void }) {
  const t = useWords('imports')
  const { layout } = found
  const [skip, setSkip] = useState<number | null>(null)
  const doubtful = found.warnings.some(({ code }) => code === 'fewRowsFit') || found.headers.length < 2
  const skipped = layout.kind === 'csv' ? layout.skipLines : layout.skipRows
  const known: readonly string[] = delimiters
  return (
    <Section title={t('layout.title')} about={t('layout.about')}>
      <details className="import-layout" open={doubtful || found.sheets.length > 1}>
        <summary>{t('layout.open')}</summary>
        <div className="import-options">
          {layout.kind === 'csv' ? (
            <>
              <Labelled id="layout-encoding" label={t('layout.encoding')}>
                <Select
                  id="layout-encoding"
                  className="wide"
                  value={layout.encoding === 'undecided' ? 'utf-8' : layout.encoding}
                  onChange={(encoding) => onLayout({ encoding })}
                  options={encodings.map((encoding) => ({ value: encoding, label: t(`encoding.${encoding}`) }))}
                />
              </Labelled>
              <Labelled id="layout-delimiter" label={t('layout.delimiter')}>
                <Select
                  id="layout-delimiter"
                  className="wide"
                  value={layout.delimiter}
                  onChange={(delimiter: string) => onLayout({ delimiter })}
                  options={[...delimiters, ...(known.includes(layout.delimiter) ? [] : [layout.delimiter])].map((delimiter) => ({
                    value: delimiter,
                    label: t(`delimiter.${delimiterName(delimiter)}`, { delimiter }),
                  }))}
                />
              </Labelled>
            </>
          ) : (
            <Labelled id="layout-sheet" label={t('layout.sheet')}>
              <Select
                id="layout-sheet"
                className="wide"
                value={layout.sheet}
                onChange={(sheet: string) => onLayout({ sheet })}
                options={found.sheets.map((sheet) => ({ value: sheet, label: sheet }))}
              />
            </Labelled>
          )}
          <Labelled id="layout-header" label={t('layout.header')}>
            <Select
              id="layout-header"
              className="wide"
              value={layout.header ? 'yes' : 'no'}
              onChange={(next) => onLayout({ header: next === 'yes' })}
              options={[
                { value: 'yes', label: t('layout.withHeader') },
                { value: 'no', label: t('layout.withoutHeader') },
              ]}
            />
          </Labelled>
          <Labelled id="layout-skip" label={t('layout.skip')}>
            {/* The file is looked at anew when the field is left, not with every figure. */}
            <InputNumber
              id="layout-skip"
              className="wide"
              min={0}
              max={1000}
              precision={0}
              value={skip ?? skipped}
              onChange={setSkip}
              onBlur={() => {
                if (skip !== null && skip !== skipped) onLayout(layout.kind === 'csv' ? { skipLines: skip } : { skipRows: skip })
              }}
            />
          </Labelled>
        </div>
        <FirstRows found={found} />
      </details>
    </Section>
  )
}

const delimiterName = (delimiter: string) => ({ ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' })[delimiter] ?? 'other'

function FirstRows({ found }: { found: Inspection }) {
  const t = useWords('imports')
  return (
    <TableScroll label={t('layout.rows')}>
      <table className="table table-compact import-rows">
        <caption className="hidden">{t('layout.rows')}</caption>
        <thead>
          <tr>
            {found.headers.map((header, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns of a file have no identity besides their place
              <th key={column} scope="col">
                {header || t('columns.unnamed', { number: column + 1 })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {found.samples.slice(0, 5).map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no identity besides their place
            <tr key={index}>
              {found.headers.map((_, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: see above
                <td key={column}>{(row[column] ?? '').slice(0, 60)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  )
}
