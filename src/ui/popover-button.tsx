/**
 * A button that opens a few controls beside itself. The keyboard goes into them; Escape, or Tab past either end, closes them and comes back to the button.
 *
 *   <PopoverButton icon={<StarOutlined />} content={(close) => <Views close={close} />}>{t('views.title')}</PopoverButton>
 *   Without `children` a `label` names the button; `count` is a number upon it.
 */
import { Badge, Button, Popover } from 'antd'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { backTo, enter, leaves } from './focus.ts'

/** Below the button, and on a phone as far to the side as its width lets it. */
const overflow = { shiftX: true, adjustY: true }
const places = {
  bottomLeft: { points: ['tl', 'bl'], offset: [0, 4], overflow },
  bottomRight: { points: ['tr', 'br'], offset: [0, 4], overflow },
}

export interface PopoverButtonProps {
  readonly icon: ReactNode
  readonly label?: string
  readonly count?: number
  readonly placement?: 'bottomLeft' | 'bottomRight'
  readonly content: (close: () => void) => ReactNode
  readonly children?: ReactNode
}

export function PopoverButton({ icon, label, count = 0, placement = 'bottomLeft', content, children }: PopoverButtonProps) {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const inside = useRef<HTMLDivElement>(null)
  const close = () => setOpen(false)
  const steer = (event: KeyboardEvent) => {
    const over = event.key === 'Tab' && inside.current !== null && leaves(inside.current, event.shiftKey)
    if (event.key !== 'Escape' && !over) return
    event.preventDefault()
    close()
    button.current?.focus()
  }
  return (
    <Popover
      trigger="click"
      arrow={false}
      placement={placement}
      builtinPlacements={places}
      open={open}
      onOpenChange={setOpen}
      afterOpenChange={(shown) => (shown ? enter(inside.current) : backTo(button.current, '.ant-popover'))}
      content={
        // biome-ignore lint/a11y/noStaticElementInteractions: it only hears the keys of the controls within
        <div ref={inside} onKeyDown={steer}>
          {content(close)}
        </div>
      }
    >
      <Badge count={count} size="small">
        <Button ref={button} icon={icon} aria-expanded={open} {...(label ? { 'aria-label': label, title: label } : {})}>
          {children}
        </Button>
      </Badge>
    </Popover>
  )
}
