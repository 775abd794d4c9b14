import { Input, Select } from 'antd'
import type { ReactNode } from 'react'
import { Section } from '#ui/page.tsx'
import { useWords } from '#ui/words.ts'
import type { ImporterView, ImportMapping } from '../api.ts'
import { useImportWords } from './import-words.ts'

/** What the file does not say: where it comes from, and the importer's own questions. */
export function ImportOptions({
  importer,
  mapping,
  onChange,
  sourceMissing,
}: {
  importer: ImporterView
  mapping: ImportMapping
  onChange: (part: Partial<ImportMapping>) => void
  sourceMissing: boolean
}) {
  const t = useWords('imports')
  const words = useImportWords()
  return (
    <Section title={t('options.title')}>
      <div className="import-options">
        <Labelled
          id="import-source"
          label={t('source.label')}
          help={t('source.help')}
          problem={sourceMissing ? t('source.missing') : undefined}
        >
          <Input
            id="import-source"
            value={mapping.source}
            maxLength={60}
            aria-describedby="import-source-help"
            aria-invalid={sourceMissing}
            {...(sourceMissing ? { status: 'error' as const } : {})}
            onChange={(event) => onChange({ source: event.target.value })}
          />
        </Labelled>
        {importer.options.map(({ name, choices, initial }) => {
          const id = `option-${name}`
          const value = mapping.options[name] ?? initial
          const set = (next: string) => onChange({ options: { ...mapping.options, [name]: next } })
          return (
            <Labelled key={name} id={id} label={words.option(importer, name)} help={words.optionHelp(importer, name)}>
              {choices ? (
                <Select
                  id={id}
                  className="wide"
                  value={value}
                  onChange={set}
                  options={choices.map((choice) => ({ value: choice, label: words.choice(importer, name, choice) }))}
                />
              ) : (
                <Input
                  id={id}
                  value={value}
                  maxLength={200}
                  aria-describedby={`${id}-help`}
                  onChange={(event) => set(event.target.value)}
                />
              )}
            </Labelled>
          )
        })}
      </div>
    </Section>
  )
}

export function Labelled({
  id,
  label,
  help,
  problem,
  children,
}: {
  id: string
  label: string
  help?: string | undefined
  problem?: string | undefined
  children: ReactNode
}) {
  return (
    <div className="import-labelled">
      <label htmlFor={id}>{label}</label>
      {children}
      {problem && (
        <span className="figure-loss" role="alert">
          {problem}
        </span>
      )}
      {help && (
        <span id={`${id}-help`} className="muted">
          {help}
        </span>
      )}
    </div>
  )
}
