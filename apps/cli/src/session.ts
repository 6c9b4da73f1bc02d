import type { SkillmeatClient } from "@skillmeat/client";
import type { Connection } from "@skillmeat/client/node";
import type { Command } from "commander";
import { connect } from "./connection.ts";
import { CliError, toFailure } from "./failure.ts";
import { homeOf, namedCollection, type GlobalOptions } from "./globals.ts";
import { createOutput, type Output } from "./output/output.ts";
import { readDefaultCollection } from "./settings.ts";

/** What a command works with. */
export interface Session {
  readonly client: SkillmeatClient;
  readonly out: Output;
  /** The collection that was named; undefined where none was, for commands that then cover all. */
  readonly named: string | undefined;
  /** The collection to work on: the named one, else the configured one, else undefined for the default. */
  collection(): Promise<string | undefined>;
}

/**
 * Makes a command's action of a function that works in a session. The session ends with it. An input
 * that breaks a rule is told with the command's help where nothing better is known to do next.
 * @param action gets the session, and then what the command line gives
 */
export function inSession<A extends unknown[]>(
  action: (session: Session, ...args: A) => Promise<void>,
): (this: Command, ...args: A) => Promise<void> {
  return async function act(...args) {
    const globals = this.optsWithGlobals<GlobalOptions>();
    const home = homeOf(globals);
    const named = namedCollection(globals);
    let connection: Connection | undefined;
    try {
      const out = outputOf(globals);
      const { server, embedded } = globals;
      connection = await connect({ home, server, embedded, brief: true, onNotice: out.warn });
      await action(
        {
          client: connection.client,
          out,
          named,
          collection: async () => named ?? (await readDefaultCollection(home)) ?? undefined,
        },
        ...args,
      );
    } catch (error) {
      throw withHelp(error, this);
    } finally {
      await connection?.close();
    }
  };
}

function withHelp(error: unknown, command: Command): unknown {
  const { code, message, hint } = toFailure(error);
  if (code !== "invalid-input" || hint !== "") return error;
  return new CliError(code, message, `${pathOf(command)} --help`, { cause: error });
}

/** A command as it is typed: `skillmeat group create`. */
function pathOf(command: Command): string {
  const { parent } = command;
  return parent === null ? command.name() : `${pathOf(parent)} ${command.name()}`;
}

/** The output that the global options ask for. */
export function outputOf({ json = false, quiet = false }: GlobalOptions): Output {
  return createOutput({ json, quiet });
}
