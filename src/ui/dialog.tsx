/**
 * Something over the page that is there as long as it is drawn. The keyboard goes to its first field, and back to what opened it.
 *
 *   {adding && <Dialog title={t('rates.add')} onClose={close}><Form … /></Dialog>}
 */
import { Modal } from 'antd'
import { type ReactNode, useRef } from 'react'
import { enter, useWayBack } from './focus.ts'

export interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  readonly footer?: ReactNode
  /** For forms whose fields stand beside each other. */
  readonly wide?: boolean
  readonly children: ReactNode
}

export function Dialog({ title, onClose, footer = null, wide = false, children }: DialogProps) {
  const body = useRef<HTMLDivElement>(null)
  useWayBack('.ant-modal')
  return (
    <Modal
      open
      title={title}
      {...(wide ? { width: 680 } : {})}
      footer={footer}
      onCancel={onClose}
      // A click beside it loses nothing that was typed; Escape and the cross are meant.
      mask={{ closable: false }}
      afterOpenChange={(open) => {
        if (open) enter(body.current)
      }}
    >
      <div ref={body} className="dialog">
        {children}
      </div>
    </Modal>
  )
}
