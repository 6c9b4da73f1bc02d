import { useState } from "react";
import type { Group } from "../api/queries.ts";
import { visibleText } from "../artifacts/visible-text.ts";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogButtons } from "../ui/dialog.tsx";
import { Field, TextArea } from "../ui/field.tsx";
import { cssColorOf } from "../ui/colors.ts";
import { changeGroup, type GroupFields } from "./group-changes.ts";
import { ColorChoice } from "./color-choice.tsx";
import { IconChoice } from "./icon-choice.tsx";

const MOST = 2_000;

/** Edits what a group looks like and what it is for; all of it is one change. */
export function GroupDialog({
  group,
  onClose,
}: {
  readonly group: Group;
  readonly onClose: () => void;
}) {
  const [description, setDescription] = useState(group.description);
  const [color, setColor] = useState(group.color);
  const [icon, setIcon] = useState(group.icon);
  const length = [...description].length;
  const isTooLong = length > MOST;
  const isWrong =
    isTooLong || (color !== "" && color !== group.color && cssColorOf(color) === null);
  const save = () => {
    if (isWrong) return;
    const fields: GroupFields = {
      ...(description === group.description ? {} : { description }),
      ...(color === group.color ? {} : { color }),
      ...(icon === group.icon ? {} : { icon }),
    };
    onClose();
    if (Object.keys(fields).length > 0) void changeGroup(group, fields);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={visibleText(group.name)}
      description="How this group looks, and what it is for"
    >
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Field
          label="Description"
          problem={isTooLong ? `${length - MOST} characters too many` : null}
        >
          {(props) => (
            <TextArea
              {...props}
              rows={3}
              value={description}
              onChange={(event) => setDescription(event.target.value)}
            />
          )}
        </Field>
        <ColorChoice value={color} before={group.color} onChange={setColor} />
        <IconChoice value={icon} color={color} onChange={setIcon} />
        <DialogButtons>
          <Button look="outline" onClick={onClose}>
            Cancel
          </Button>
          <Button look="accent" type="submit" disabled={isWrong}>
            Save
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
