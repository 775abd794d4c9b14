import { Button, Typography } from 'antd'
import { Dialog } from './dialog.tsx'
import { useWords } from './words.ts'

/**
 * A secret that is shown only now, to be copied.
 *
 *   <ShownOnce title={t('keys.shownTitle')} text={t('keys.shownText')} value={key} close={close} />
 */
export function ShownOnce({ title, text, value, close }: { title: string; text: string; value: string; close: () => void }) {
  const t = useWords('ui')
  return (
    <Dialog
      title={title}
      onClose={close}
      footer={
        <Button type="primary" onClick={close}>
          {t('close')}
        </Button>
      }
    >
      <p>{text}</p>
      <Typography.Text code className="once" copyable={{ text: value, tooltips: [t('copy'), t('copied')] }}>
        {value}
      </Typography.Text>
    </Dialog>
  )
}
