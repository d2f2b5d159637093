"""Everything on the runner's own disk: the log, the profile, the own library, the cache. Only this
package uses TinyDB."""
