import { hasWord, modulesThatSpeak, useLanguage, useWords } from '#ui/words.ts'
import type { ImporterView } from '../api.ts'

export interface ImportWords {
  /** What a kind of import is called, and what it is good for. */
  kind(of: Named): string
  about(of: Named): string
  field(of: Named, name: string): string
  option(of: Named, name: string): string
  optionHelp(of: Named, name: string): string | undefined
  choice(of: Named, name: string, value: string): string
  count(of: Named, name: string): string
  /** Why a row is not in: in the chosen language where there are words for it, else as the server said it. */
  reason(of: Named, problem: { readonly reason: string; readonly detail: string }): string
}
type Named = Pick<ImporterView, 'kind' | 'module'> & { readonly fields?: ImporterView['fields'] }

/** The words for what importers offer; each module's texts name its own fields, the import's texts what all have in common. */
export function useImportWords(): ImportWords {
  // Which modules have importers is only known with the importers.
  const t = useWords('imports', ...modulesThatSpeak)
  const { language } = useLanguage()
  const own = (of: Named, key: string): string | undefined => {
    const full = `import.${of.kind}.${key}`
    return hasWord(of.module, full) ? t(`${of.module}:${full}`) : undefined
  }
  const common = (key: string): string | undefined => (hasWord('imports', key) ? t(key) : undefined)
  return {
    kind: (of) => own(of, 'title') ?? of.kind,
    about: (of) => own(of, 'about') ?? common(`aboutKind.${of.kind}`) ?? '',
    field: (of, name) =>
      labelOf(of, name, language) ??
      own(of, `field.${name}`) ??
      (of.module !== 'imports' && hasWord(of.module, `field.${name}`) ? t(`${of.module}:field.${name}`) : name),
    option: (of, name) => own(of, `option.${name}`) ?? name,
    optionHelp: (of, name) => own(of, `option.${name}-help`),
    choice: (of, name, value) => own(of, `option.${name}-${value}`) ?? value,
    count: (of, name) => own(of, `count.${name}`) ?? common(`count.${name}`) ?? name,
    reason(of, { reason, detail }) {
      const key = [`import.reject.${reason}`, `reject.${reason}`].find((one) => hasWord(of.module, one))
      const said = key === undefined ? common(`reject.${reason}`) : t(`${of.module}:${key}`)
      if (said === undefined) return detail
      // The sentence of the server quotes the cell in question, where there is one.
      const quoted = /'([^']{1,100})'/.exec(detail)?.[1]
      return quoted === undefined ? said : t('reject.withCell', { said: said.replace(/[.。]$/, ''), cell: quoted })
    },
  }
}

/** What administrators call a field of their own, in the reader's language or in another. */
function labelOf(of: Named, name: string, language: string): string | undefined {
  const label = of.fields?.find((field) => field.name === name)?.label
  return label ? label[language as keyof typeof label] || label.en || label['zh-CN'] || label['zh-TW'] : undefined
}
