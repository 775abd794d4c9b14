import { Segmented } from 'antd'
import { createContext, type ReactNode, use, useState } from 'react'
import { HintedText, type TextHint } from '#ui/hinted-text.tsx'
import { TextInput } from '#ui/inputs.tsx'
import { languages as names, useLanguage, useWords } from '#ui/words.ts'
import { emptyTexts, type Language, languages, type Texts, textIn } from '../domain/texts.ts'

const Written = createContext<Language>('en')
/** The language that a form is filled in at the moment. */
export const useWritten = (): Language => use(Written)

/** A form whose texts exist in several languages: one of them is shown at a time, all are saved together. */
export function InLanguages({ children }: { children: ReactNode }) {
  const t = useWords('knowledge')
  const { language } = useLanguage()
  const [written, setWritten] = useState<Language>(language)
  return (
    <Written value={written}>
      <div className="knowledge-language">
        <Segmented<Language>
          aria-label={t('form.language')}
          value={written}
          onChange={setWritten}
          options={languages.map((value) => ({ value, label: <span lang={value}>{names[value]}</span> }))}
        />
        <span className="muted">{t('form.languageHelp')}</span>
      </div>
      {children}
    </Written>
  )
}

interface TextsInputProps {
  readonly value?: Texts
  readonly onChange?: (texts: Texts) => void
  readonly id?: string
  readonly rows?: number
  readonly maxLength?: number
  readonly hintsOf?: (text: string) => readonly TextHint[]
  readonly 'aria-label'?: string
  readonly 'aria-required'?: boolean
}

/** A text in the language that is written at the moment; what it says in another stands behind it in grey. */
export function TextsInput({ value = emptyTexts, onChange, rows, hintsOf, ...input }: TextsInputProps) {
  const language = useWritten()
  const common = {
    ...input,
    value: value[language],
    placeholder: textIn(value, language).slice(0, 200),
    onChange: (text: string | null) => onChange?.({ ...value, [language]: text ?? '' }),
  }
  return (
    <div lang={language}>
      {hintsOf ? (
        <HintedText {...common} hintsOf={hintsOf} rows={rows ?? 4} />
      ) : (
        <TextInput {...common} kind={rows === undefined ? 'text' : 'area'} {...(rows === undefined ? {} : { rows })} />
      )}
    </div>
  )
}
