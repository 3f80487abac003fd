output "budget_name" {
  description = "Name of the monthly budget, taken by the collector that compares it with what was spent."
  value       = aws_budgets_budget.monthly.name
}
