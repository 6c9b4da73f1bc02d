import { BlockList, isIP } from "node:net";
import { networkInterfaces } from "node:os";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** Whether an address to listen on can be reached from this machine alone. */
export function isLoopback(host: string): boolean {
  const version = isIP(host);
  if (version === 0) return host.toLowerCase() === "localhost";
  return loopback.check(host, version === 6 ? "ipv6" : "ipv4");
}

/** The address under which this machine reaches a server that listens on `host`. */
export function urlOf(host: string, port: number): string {
  const name = isWildcard(host) ? "127.0.0.1" : bracketed(host);
  return `http://${name}:${port}`;
}

/**
 * The values of the Host header that are a server's own: a page whose name was made to resolve to
 * 127.0.0.1 (DNS rebinding) still sends its own name.
 */
export function ownHosts(host: string, port: number): readonly string[] {
  const listening = isWildcard(host) ? [host, ...machineAddresses()] : [host];
  const names = new Set(["127.0.0.1", "localhost", ...listening.map(bracketed)]);
  return [...names].flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]));
}

function isWildcard(host: string): boolean {
  return host === "0.0.0.0" || host === "::";
}

function machineAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((addresses) =>
    (addresses ?? []).map(({ address }) => address),
  );
}

/** A host as a URL writes it: in lower case, and an IPv6 address in brackets. */
function bracketed(host: string): string {
  return (host.includes(":") ? `[${host}]` : host).toLowerCase();
}
