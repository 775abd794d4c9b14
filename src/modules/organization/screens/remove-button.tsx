import { App, Button } from 'antd'
import { useNotice } from '#ui/notice.tsx'
import { useWords } from '#ui/words.ts'

/** Removes something by name after asking. */
export function RemoveButton({ name, text, remove }: { name: string; text?: string; remove: () => Promise<unknown> }) {
  const t = useWords('organization')
  const ui = useWords('ui')
  const notice = useNotice()
  const { modal } = App.useApp()
  const ask = () =>
    void modal.confirm({
      title: t('departments.removeAsk', { name }),
      content: text,
      okText: t('departments.remove'),
      okButtonProps: { danger: true },
      cancelText: ui('cancel'),
      onOk: () => remove().catch(notice.refused),
    })
  return (
    <Button size="small" danger onClick={ask} aria-label={`${t('departments.remove')}: ${name}`}>
      {t('departments.remove')}
    </Button>
  )
}
