import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { CatalogueChoice, type ChosenById } from './catalogue-choice.tsx'
import { useCauseName } from './set-up-words.ts'

/** A cause of the company's tree; what is retired is not offered. */
export function CauseChoice(chosen: ChosenById) {
  const t = useWords('cases')
  const nameOf = useCauseName()
  const { data, isPending } = useRead(casesApi.causes, {})
  return (
    <CatalogueChoice
      {...chosen}
      label={t('said.causeOfTree')}
      placeholder={t('said.causeOfTreePlaceholder')}
      loading={isPending}
      showSearch={{ optionFilterProp: 'label' }}
      options={(data?.causes ?? [])
        .filter(({ retired }) => !retired)
        .map((cause) => ({ value: cause.id, label: `${'– '.repeat(cause.depth)}${nameOf(cause)}` }))}
    />
  )
}
