import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { fieldOfColumn } from '../domain/own-fields.ts'
import { useNamed } from './named.ts'

/** What a field of a history is called: one of the archive's, or one that the company defined (`own:<id>`). */
export function useFieldName(): (field: string) => string {
  const t = useWords('customers')
  const named = useNamed()
  const { data } = useRead(api.ownFields, {})
  return (field) => {
    const fieldId = fieldOfColumn(field)
    if (fieldId === null) return t(`field.${field}`)
    const own = data?.fields.find(({ id }) => id === fieldId)
    return own ? named(own.names) : t('own.removed')
  }
}
