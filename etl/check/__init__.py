"""Rules over the finished tables; the ledger of rows; nothing is published that breaks them."""
