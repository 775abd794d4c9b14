import { Button } from 'antd'
import { useConfirm } from '#ui/confirm.ts'
import { useWords } from '#ui/words.ts'

/** Removes something by name after asking. */
export function RemoveButton({ name, text, remove }: { name: string; text?: string; remove: () => Promise<unknown> }) {
  const t = useWords('organization')
  const confirm = useConfirm()
  const ask = () => confirm({ title: t('departments.removeAsk', { name }), verb: t('departments.remove'), about: text }, () => remove())
  return (
    <Button size="small" danger onClick={ask} aria-label={`${t('departments.remove')}: ${name}`}>
      {t('departments.remove')}
    </Button>
  )
}
