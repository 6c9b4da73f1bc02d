import { memo, type ReactNode } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import { safeLink } from "./safe-link.ts";

/**
 * Shows a Markdown text of a file. Nothing in it is taken for HTML, nothing is loaded from elsewhere, and only
 * addresses of the web and of mail are links.
 */
export const Markdown = memo(function Markdown({ text }: { readonly text: string }) {
  return (
    <div dir="auto" className="text-[0.875rem] leading-relaxed break-words">
      <ReactMarkdown remarkPlugins={PLUGINS} components={COMPONENTS} urlTransform={keepAddress}>
        {text}
      </ReactMarkdown>
    </div>
  );
});

const PLUGINS = [remarkGfm];

/** Each use decides by itself what of an address it takes. */
function keepAddress(address: string): string {
  return address;
}

const COMPONENTS: Components = {
  // The panel's own title stands above these.
  h1: ({ children }) => <Heading level={3} look="mt-5 text-lg" text={children} />,
  h2: ({ children }) => <Heading level={4} look="mt-5 text-base" text={children} />,
  h3: ({ children }) => <Heading level={5} look="mt-4" text={children} />,
  h4: ({ children }) => <Heading level={6} look="mt-4 text-ink-soft" text={children} />,
  h5: ({ children }) => <Heading level={6} look="mt-4 text-ink-soft" text={children} />,
  h6: ({ children }) => <Heading level={6} look="mt-4 text-ink-soft" text={children} />,
  p: ({ children }) => <p className="my-2.5">{children}</p>,
  ul: ({ children }) => <ul className="my-2.5 list-disc space-y-1 pl-5">{children}</ul>,
  ol: ({ children, start }) => (
    <ol start={start} className="my-2.5 list-decimal space-y-1 pl-6">
      {children}
    </ol>
  ),
  li: ({ children }) => <li>{children}</li>,
  blockquote: ({ children }) => (
    <blockquote className="my-3 border-l-2 border-line-strong pl-3 text-ink-soft">
      {children}
    </blockquote>
  ),
  hr: () => <hr className="my-5 border-line" />,
  a: ({ href, children }) => <OutwardLink address={href}>{children}</OutwardLink>,
  img: ({ src, alt }) => (
    <OutwardLink address={typeof src === "string" ? src : undefined}>
      {`[image: ${alt === undefined || alt === "" ? "without words" : alt}]`}
    </OutwardLink>
  ),
  // A box that can only be looked at is a sign.
  input: ({ checked }) => <span>{checked === true ? "☑ " : "☐ "}</span>,
  code: ({ children }) => (
    <code className="rounded bg-sunken px-1 py-0.5 font-mono text-[0.8125rem]">{children}</code>
  ),
  pre: ({ children }) => (
    <pre
      tabIndex={0}
      className="my-3 overflow-x-auto rounded-md border border-line bg-sunken p-3 font-mono text-[0.8125rem] leading-normal break-normal [&>code]:bg-transparent [&>code]:p-0"
    >
      {children}
    </pre>
  ),
  table: ({ children }) => (
    <div tabIndex={0} className="my-3 overflow-x-auto">
      <table className="w-full border-collapse text-[0.8125rem]">{children}</table>
    </div>
  ),
  th: ({ children, style }) => (
    <th
      style={style}
      className="border-b border-line-strong px-2 py-1.5 text-left align-bottom font-medium break-normal"
    >
      {children}
    </th>
  ),
  td: ({ children, style }) => (
    <td style={style} className="border-b border-line px-2 py-1.5 align-top">
      {children}
    </td>
  ),
};

function Heading({
  level,
  look,
  text,
}: {
  readonly level: 3 | 4 | 5 | 6;
  readonly look: string;
  readonly text: ReactNode;
}) {
  const Tag = `h${level}` as const;
  return <Tag className={`mb-1.5 font-semibold first:mt-0 ${look}`}>{text}</Tag>;
}

/** A link that leads out of the app, and tells nobody where it was; a text where the address is none to open. */
function OutwardLink({
  address,
  children,
}: {
  readonly address: string | undefined;
  readonly children: ReactNode;
}) {
  const href = safeLink(address);
  if (href === null) return <span className="text-ink-soft">{children}</span>;
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      title={href}
      className="text-accent underline underline-offset-2"
    >
      {children}
    </a>
  );
}
